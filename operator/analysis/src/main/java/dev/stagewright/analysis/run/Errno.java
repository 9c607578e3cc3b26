package dev.stagewright.analysis.run;

/** Errors of the system call {@code execve}, with the texts of Go, which runc prints. */
enum Errno {
  ENOENT("no such file or directory"),
  ENOTDIR("not a directory"),
  EACCES("permission denied"),
  EISDIR("is a directory"),
  ENOEXEC("exec format error"),
  ELOOP("too many levels of symbolic links"),
  ELIBBAD("accessing a corrupted shared library");

  private final String text;

  Errno(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** With the capital letter of the C library. */
  String capitalized() {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
