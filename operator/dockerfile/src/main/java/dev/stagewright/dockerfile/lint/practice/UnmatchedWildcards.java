package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction.Copy;
import dev.stagewright.dockerfile.glob.BadPatternException;
import dev.stagewright.dockerfile.glob.GlobPattern;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Severity;
import dev.stagewright.dockerfile.source.GoPath;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.stages.FileSource;
import java.util.List;

/**
 * Checks for wildcards without a match in the build context, which other builders do not report.
 */
public final class UnmatchedWildcards implements LintCheck {
  private static final Rule RULE =
      Rule.practice(
          "WildcardWithoutMatch",
          Severity.WARNING,
          "A wildcard without a match copies nothing and does not fail",
          "Correct the pattern, or remove it.");

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    context
        .request()
        .contextPaths()
        .ifPresent(paths -> {
          for (var stage : context.stages()) {
            for (var instruction : stage.instructions()) {
              if (instruction instanceof Copy copy
                  && copy.from() instanceof FileSource.Context
                  && !copy.parents()) {
                check(copy, context, paths, findings);
              }
            }
          }
        });
  }

  private static void check(Copy copy, LintContext context, List<String> paths, Findings findings) {
    for (var source : copy.paths()) {
      var pattern = GoPath.rooted(source).substring(1);
      if (GlobPattern.isWildcard(pattern) && !matchesAny(pattern, paths)) {
        findings.add(
            RULE,
            context.written(copy),
            source,
            GoText.quote(source) + " matches nothing in the build context");
      }
    }
  }

  private static boolean matchesAny(String pattern, List<String> paths) {
    try {
      var glob = GlobPattern.parse(pattern);
      return paths.stream().anyMatch(glob::matches);
    } catch (BadPatternException e) {
      return false;
    }
  }
}
