package dev.stagewright.dockerfile.lint;

import java.util.Locale;

/**
 * What a check looks for.
 *
 * @param id its name, as {@code check=skip} takes it
 * @param reason why it matters, in a line
 * @param fix what to do
 * @param severity of its findings
 * @param origin whose rule it is
 * @param experimental whether it is off unless {@code check=experimental} names it
 */
public record Rule(
    String id, String reason, String fix, Severity severity, Origin origin, boolean experimental) {

  /** Whose rule it is. */
  public enum Origin {
    /** One of BuildKit's; {@code check=error=true} fails a build for it. */
    BUILDKIT,
    /** One of our own; it never fails a build. */
    PRACTICE
  }

  /** A rule of BuildKit's. */
  public static Rule buildKit(String id, String reason, String fix) {
    return new Rule(id, reason, fix, Severity.WARNING, Origin.BUILDKIT, false);
  }

  /** A rule of our own. */
  public static Rule practice(String id, Severity severity, String reason, String fix) {
    return new Rule(id, reason, fix, severity, Origin.PRACTICE, false);
  }

  /** Where the documentation tells more: the page and the section. */
  public String documentation() {
    return "docs/lint.md#" + id.toLowerCase(Locale.ROOT);
  }
}
