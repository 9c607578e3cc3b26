package dev.stagewright.dockerfile.lint;

import java.util.List;

/** Checks a Dockerfile for violations of one or more rules. */
public interface LintCheck {
  /** The rules of the check. */
  List<Rule> rules();

  /** Runs the check. */
  void run(LintContext context, Findings findings);
}
