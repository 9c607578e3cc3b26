package dev.stagewright.harbor.standin;

import java.util.List;

/** Lists with several pages. */
final class Pagination {
  private static final int USUAL = 10;
  private static final int MOST = 100;

  private Pagination() {}

  static Response of(Request request, List<?> all) {
    var page = request.first("page").map(Integer::parseInt).orElse(1);
    var size = request.first("page_size").map(Integer::parseInt).orElse(USUAL);
    if (size > MOST || size < 1 || page < 1) {
      return Response.error(
          422, "UNPROCESSABLE_ENTITY", "page_size in query should be less than or equal to 100");
    }
    var from = Math.min((page - 1) * size, all.size());
    var to = Math.min(from + size, all.size());
    var response =
        Response.json(200, all.subList(from, to)).with("X-Total-Count", String.valueOf(all.size()));
    return to < all.size()
        ? response.with(
            "Link",
            "<%s?page=%d&page_size=%d>; rel=\"next\"".formatted(request.path(), page + 1, size))
        : response;
  }
}
