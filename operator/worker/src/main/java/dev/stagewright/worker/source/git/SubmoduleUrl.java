package dev.stagewright.worker.source.git;

/** The addresses of submodules, which may be relative to that of the repository they are in. */
final class SubmoduleUrl {
  private static final String HERE = "./";
  private static final String UP = "../";

  private SubmoduleUrl() {}

  /**
   * Where a submodule is.
   *
   * @param parent address of the repository it is in
   * @param written as {@code .gitmodules} has it
   */
  static String resolve(String parent, String written) {
    if (!written.startsWith(HERE) && !written.startsWith(UP)) {
      return written;
    }
    var base = withoutSlash(parent);
    var rest = written;
    while (rest.startsWith(HERE) || rest.startsWith(UP)) {
      if (rest.startsWith(UP)) {
        base = base.substring(0, Math.max(base.lastIndexOf('/'), base.indexOf("://") + 3));
        rest = rest.substring(UP.length());
      } else {
        rest = rest.substring(HERE.length());
      }
    }
    return withoutSlash(base) + "/" + rest;
  }

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
