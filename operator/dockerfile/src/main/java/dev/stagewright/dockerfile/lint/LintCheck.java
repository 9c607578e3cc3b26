package dev.stagewright.dockerfile.lint;

import java.util.List;

/** Looks for breaches of a few rules. */
public interface LintCheck {
  /** The rules that it looks after. */
  List<Rule> rules();

  /** Looks. */
  void run(LintContext context, Findings findings);
}
