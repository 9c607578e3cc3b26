package dev.stagewright.dockerfile.lint.buildkit;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.source.GoPath;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.stages.FileSource;
import java.util.List;
import java.util.Set;

/** Checks COPY and ADD for files that the ignore file excludes. */
public final class IgnoredSources implements LintCheck {
  private static final Rule RULE =
      Rule.buildKit(
          "CopyIgnoredFile",
          "Attempting to COPY file that is excluded by .dockerignore",
          "Remove the path from .dockerignore, or do not copy the file.");

  private static final Set<String> ALL = Set.of("*", "**", "**/*");

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    // With exceptions, an ignored directory can contain files that are not ignored.
    context
        .request()
        .ignore()
        .filter(rules -> !rules.hasExceptions())
        .ifPresent(rules -> check(rules, context, findings));
  }

  private static void check(IgnoreRules rules, LintContext context, Findings findings) {
    for (var stage : context.stages()) {
      for (var evaluated : stage.instructions()) {
        if (evaluated instanceof EvaluatedInstruction.Copy copy
            && copy.from() instanceof FileSource.Context) {
          check(rules, copy, context.written(copy), findings);
        }
      }
    }
  }

  private static void check(
      IgnoreRules rules,
      EvaluatedInstruction.Copy copy,
      Instruction instruction,
      Findings findings) {
    for (var path : copy.paths()) {
      var cleaned = GoPath.clean(path);
      if (isRoot(cleaned) ? ignoresAll(rules) : rules.ignores(GoPath.rooted(path).substring(1))) {
        findings.add(
            RULE,
            instruction,
            "Attempting to "
                + (copy.add() ? "Add" : "Copy")
                + " file "
                + GoText.quote(cleaned)
                + " that is excluded by .dockerignore");
      }
    }
  }

  private static boolean isRoot(String cleaned) {
    return GoPath.rooted(cleaned).equals("/");
  }

  /** The root of the context is only ignored by a pattern that matches everything. */
  private static boolean ignoresAll(IgnoreRules rules) {
    return rules.rules().stream().anyMatch(rule -> ALL.contains(rule.pattern().toString()));
  }
}
