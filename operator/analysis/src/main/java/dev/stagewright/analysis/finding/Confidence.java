package dev.stagewright.analysis.finding;

/** How sure a finding is. */
public enum Confidence {
  /** It follows from the files and the config alone. */
  CERTAIN,
  /** Only unusual settings of the Pod would change it. */
  LIKELY,
  /** It depends on what the program does. */
  POSSIBLE
}
