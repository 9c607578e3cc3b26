package dev.stagewright.dockerfile.lint.buildkit;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.expand.Expansion;
import dev.stagewright.dockerfile.expand.ExpansionException;
import dev.stagewright.dockerfile.expand.WordExpander;
import dev.stagewright.dockerfile.instruction.From;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.stages.GlobalArgs;
import java.util.List;
import java.util.Set;

/** Checks {@code FROM --platform} for redundant and constant values. */
public final class FromPlatforms implements LintCheck {
  private static final String TARGET = "TARGETPLATFORM";
  private static final Rule REDUNDANT =
      Rule.buildKit(
          "RedundantTargetPlatform",
          "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the"
              + " default behavior",
          "Remove --platform.");
  private static final Rule CONSTANT =
      Rule.buildKit(
          "FromPlatformFlagConstDisallowed",
          "FROM --platform flag should not use a constant value",
          "Use a variable such as $BUILDPLATFORM, or name the stage after the platform.");

  @Override
  public List<Rule> rules() {
    return List.of(REDUNDANT, CONSTANT);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    if (!context.complete()) {
      return;
    }
    var dockerfile = context.dockerfile();
    var expander = new WordExpander(dockerfile.escape());
    try {
      var args = GlobalArgs.of(dockerfile, context.request().options());
      for (var stage : dockerfile.stages()) {
        var from = stage.from();
        if (from.platform().isPresent()) {
          var word = from.platform().get();
          check(from, word, expander.expand(word, args.variables()), args, findings);
        }
      }
    } catch (DockerfileException | ExpansionException e) {
      // The error is part of the report.
      return;
    }
  }

  private static void check(
      From from, String word, Expansion expansion, GlobalArgs args, Findings findings) {
    if (expansion.matched().equals(Set.of(TARGET))
        && expansion.unmatched().isEmpty()
        && expansion.text().equals(args.values().get(TARGET))) {
      findings.add(
          REDUNDANT,
          from,
          "Setting platform to predefined "
              + word
              + " in FROM is redundant as this is the default behavior");
    }
    if (expansion.matched().isEmpty()
        && expansion.unmatched().isEmpty()
        && !isNamedAfter(from.name().orElse(""), expansion.text())) {
      findings.add(
          CONSTANT,
          from,
          "FROM --platform flag should not use constant value " + GoText.quote(expansion.text()));
    }
  }

  private static boolean isNamedAfter(String stage, String platform) {
    try {
      var parsed = PlatformId.parse(platform);
      return stage.contains(parsed.os()) || stage.contains(parsed.architecture());
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
