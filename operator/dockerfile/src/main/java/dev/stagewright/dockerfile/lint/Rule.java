package dev.stagewright.dockerfile.lint;

import java.util.Locale;

/**
 * A lint rule.
 *
 * @param id name of the rule, for {@code check=skip}
 * @param reason why the rule matters, in one line
 * @param fix how to fix a finding
 * @param severity of the findings
 * @param origin source of the rule
 * @param experimental whether the rule is off unless {@code check=experimental} enables it
 */
public record Rule(
    String id, String reason, String fix, Severity severity, Origin origin, boolean experimental) {

  /** The source of a rule. */
  public enum Origin {
    /** A rule of BuildKit; {@code check=error=true} makes its findings fail the build. */
    BUILDKIT,
    /** A rule of Stagewright; its findings never fail a build. */
    PRACTICE
  }

  /** Creates a rule of BuildKit. */
  public static Rule buildKit(String id, String reason, String fix) {
    return new Rule(id, reason, fix, Severity.WARNING, Origin.BUILDKIT, false);
  }

  /** Creates a rule of Stagewright. */
  public static Rule practice(String id, Severity severity, String reason, String fix) {
    return new Rule(id, reason, fix, severity, Origin.PRACTICE, false);
  }

  /** The page and the section of the documentation. */
  public String documentation() {
    return "docs/lint.md#" + id.toLowerCase(Locale.ROOT);
  }
}
