package dev.stagewright.e2e.conformance.compare;

/**
 * A difference between two images.
 *
 * @param kind what differs, for example {@code mode} or {@code config.Env}
 * @param path path of the file, or another name of the compared part; {@code -} for the whole image
 * @param ours value of Stagewright
 * @param theirs value of BuildKit
 */
public record Difference(String kind, String path, String ours, String theirs) {
  private static final int LONG = 300;

  /** Escapes the texts so that the difference fits in a line. */
  public Difference {
    path = path.isEmpty() ? "/" : printable(path);
    ours = printable(ours);
    theirs = printable(theirs);
  }

  @Override
  public String toString() {
    return "%s: %s: ours=%s buildkit=%s".formatted(kind, path, ours, theirs);
  }

  private static String printable(String text) {
    var line = new StringBuilder();
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c >= ' ' && c < 0x7f) {
        line.append(c);
      } else {
        line.append("\\x%02x".formatted((int) c));
      }
      if (line.length() > LONG) {
        return line.append("...").toString();
      }
    }
    return line.toString();
  }
}
