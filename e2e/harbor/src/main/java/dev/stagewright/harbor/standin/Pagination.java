package dev.stagewright.harbor.standin;

import java.util.List;

/** Lists with several pages. */
final class Pagination {
  private static final int USUAL = 10;
  private static final int MOST = 100;

  private Pagination() {}

  /** The tags of a repository after the tag {@code last}, at most {@code n} of them. */
  static Response ofTags(Request request, RegistryApi.Target target) {
    var last = request.first("last").orElse("");
    var rest = target.repository().tags().stream().filter(tag -> tag.compareTo(last) > 0).toList();
    var size = request.first("n").map(Integer::parseInt).orElse(rest.size());
    var page = rest.subList(0, Math.min(size, rest.size()));
    var response = Response.json(200, Json.object("name", target.name(), "tags", page));
    return page.size() < rest.size()
        ? response.with(
            "Link",
            "<%s?last=%s&n=%d>; rel=\"next\"".formatted(request.path(), page.getLast(), size))
        : response;
  }

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
