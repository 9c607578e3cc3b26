package dev.stagewright.dockerfile.lint;

/** The severity of a finding, lowest first. */
public enum Severity {
  /** A possible improvement. */
  INFO,
  /** A likely error. */
  WARNING,
  /** The Dockerfile cannot be built. */
  ERROR
}
