package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Severity;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.stages.ResolvedBase;
import java.util.List;

/** Checks for base images without a tag, or with a tag that changes by design. */
public final class UnpinnedImages implements LintCheck {
  private static final Rule RULE =
      Rule.practice(
          "UnpinnedBaseImage",
          Severity.WARNING,
          "The same Dockerfile builds a different image when the tag changes",
          "Use a version, or better a digest: image:1.2.3@sha256:…");

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    for (var stage : context.stages()) {
      if (stage.base() instanceof ResolvedBase.Image(var name) && !isPinned(name)) {
        var what = name.endsWith(":latest") ? " has the tag latest" : " has no tag";
        findings.add(RULE, stage.stage().from(), "Base image " + GoText.quote(name) + what);
      }
    }
  }

  private static boolean isPinned(String name) {
    var last = name.substring(name.lastIndexOf('/') + 1);
    return name.contains("@") || (last.contains(":") && !last.endsWith(":latest"));
  }
}
