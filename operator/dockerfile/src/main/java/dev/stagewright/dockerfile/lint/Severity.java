package dev.stagewright.dockerfile.lint;

/** How much a finding matters, least first. */
public enum Severity {
  /** Could be better. */
  INFO,
  /** Likely a mistake, or bound to become one. */
  WARNING,
  /** Does not build. */
  ERROR
}
