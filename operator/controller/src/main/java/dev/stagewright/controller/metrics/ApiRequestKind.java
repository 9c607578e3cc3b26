package dev.stagewright.controller.metrics;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The kind of a request to the API server.
 *
 * @param verb as in RBAC rules: {@code get}, {@code list}, {@code watch}, {@code create}, …
 * @param resource as in RBAC rules, with its subresource: {@code pods/log}
 */
record ApiRequestKind(String verb, String resource) {

  /** Parses the method and URI of a request. */
  static ApiRequestKind of(String method, URI uri) {
    var path = new ArrayList<>(List.of(uri.getPath().replaceFirst("^/", "").split("/")));
    var isResource = path.getFirst().equals("api") || path.getFirst().equals("apis");
    var skipped = path.getFirst().equals("api") ? 2 : 3;
    if (!isResource || path.size() <= skipped) {
      return new ApiRequestKind(method.toLowerCase(Locale.ROOT), "none");
    }
    path.subList(0, skipped).clear();
    if (path.getFirst().equals("namespaces") && path.size() > 2) {
      path.subList(0, 2).clear();
    }
    var resource = path.size() > 2 ? path.getFirst() + "/" + path.get(2) : path.getFirst();
    return new ApiRequestKind(verb(method, uri, path.size() > 1), resource);
  }

  private static String verb(String method, URI uri, boolean isNamed) {
    return switch (method) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> {
        var isWatch = String.valueOf(uri.getQuery()).contains("watch=true");
        yield isWatch ? "watch" : isNamed ? "get" : "list";
      }
    };
  }
}
