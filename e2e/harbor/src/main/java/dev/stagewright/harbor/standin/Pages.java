package dev.stagewright.harbor.standin;

import java.util.List;

/** Lists that come a page at a time. */
final class Pages {
  private static final int USUAL = 10;
  private static final int MOST = 100;

  private Pages() {}

  static Answer of(Call call, List<?> all) {
    var page = call.first("page").map(Integer::parseInt).orElse(1);
    var size = call.first("page_size").map(Integer::parseInt).orElse(USUAL);
    if (size > MOST || size < 1 || page < 1) {
      return Answer.error(
          422, "UNPROCESSABLE_ENTITY", "page_size in query should be less than or equal to 100");
    }
    var from = Math.min((page - 1) * size, all.size());
    var to = Math.min(from + size, all.size());
    var answer =
        Answer.json(200, all.subList(from, to)).with("X-Total-Count", String.valueOf(all.size()));
    return to < all.size()
        ? answer.with(
            "Link",
            "<%s?page=%d&page_size=%d>; rel=\"next\"".formatted(call.path(), page + 1, size))
        : answer;
  }
}
