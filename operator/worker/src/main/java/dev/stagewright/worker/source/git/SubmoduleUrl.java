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
        base = base.substring(0, Math.max(base.lastIndexOf('/'), base.indexOf("://") + 3));
        remaining = remaining.substring(PARENT.length());
      } else {
        remaining = remaining.substring(CURRENT.length());
      }
    }
    return withoutSlash(base) + "/" + remaining;
  }

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
