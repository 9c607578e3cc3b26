package dev.stagewright.e2e.conformance.compare;

/**
 * One thing that differs.
 *
 * @param kind what differs, for example {@code mode} or {@code config.Env}
 * @param path of the file, or what else of the kind it is about; {@code -} where it is the whole
 * @param ours what Stagewright made
 * @param theirs what BuildKit made
 */
public record Difference(String kind, String path, String ours, String theirs) {
  private static final int LONG = 300;

  /** Makes every part fit a line. */
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
