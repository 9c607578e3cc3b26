package dev.stagewright.worker.source.git;

/** Resolves the URLs of submodules, which may be relative to the URL of the parent repository. */
final class SubmoduleUrl {
  private static final String CURRENT = "./";
  private static final String PARENT = "../";

  private SubmoduleUrl() {}

  /**
   * Returns the URL of a submodule.
   *
   * @param parent the URL of the parent repository
   * @param url the URL in {@code .gitmodules}
   */
  static String resolve(String parent, String url) {
    if (!url.startsWith(CURRENT) && !url.startsWith(PARENT)) {
      return url;
    }
    var base = withoutSlash(parent);
    var remaining = url;
    while (remaining.startsWith(CURRENT) || remaining.startsWith(PARENT)) {
      if (remaining.startsWith(PARENT)) {
        base = parent(base);
        remaining = remaining.substring(PARENT.length());
      } else {
        remaining = remaining.substring(CURRENT.length());
      }
    }
    return base.endsWith(":") ? base + remaining : withoutSlash(base) + "/" + remaining;
  }

  /** Removes the last element of the path, but not the host. */
  private static String parent(String base) {
    int scheme = base.indexOf("://");
    int slash = base.lastIndexOf('/');
    if (scheme >= 0) {
      return slash > scheme + 2 ? base.substring(0, slash) : base;
    }
    return base.substring(0, slash >= 0 ? slash : base.indexOf(':') + 1);
  }

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
