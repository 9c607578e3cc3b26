package dev.stagewright.analysis.finding;

/** How bad a finding is, worst first. */
public enum Severity {
  /** The image does not do what it is made for, or contains what must not be in it. */
  ERROR,
  /** The image works, but probably not as intended. */
  WARNING,
  /** The image could be better. */
  HINT
}
