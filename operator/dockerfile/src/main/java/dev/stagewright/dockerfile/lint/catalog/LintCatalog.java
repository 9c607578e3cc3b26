package dev.stagewright.dockerfile.lint.catalog;

import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.Linter;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.buildkit.BaseImages;
import dev.stagewright.dockerfile.lint.buildkit.CommandInstructions;
import dev.stagewright.dockerfile.lint.buildkit.DescriptionComments;
import dev.stagewright.dockerfile.lint.buildkit.ExposedPorts;
import dev.stagewright.dockerfile.lint.buildkit.FromPlatforms;
import dev.stagewright.dockerfile.lint.buildkit.IgnoredSources;
import dev.stagewright.dockerfile.lint.buildkit.InstructionStyle;
import dev.stagewright.dockerfile.lint.buildkit.SecretNames;
import dev.stagewright.dockerfile.lint.buildkit.StageNames;
import dev.stagewright.dockerfile.lint.buildkit.UndefinedVariables;
import dev.stagewright.dockerfile.lint.practice.BuildArguments;
import dev.stagewright.dockerfile.lint.practice.CopiedSources;
import dev.stagewright.dockerfile.lint.practice.CopyDestinations;
import dev.stagewright.dockerfile.lint.practice.DeletedInLaterLayer;
import dev.stagewright.dockerfile.lint.practice.FinalImage;
import dev.stagewright.dockerfile.lint.practice.PackageManagers;
import dev.stagewright.dockerfile.lint.practice.PipedDownloads;
import dev.stagewright.dockerfile.lint.practice.SecretValues;
import dev.stagewright.dockerfile.lint.practice.SyntaxFrontends;
import dev.stagewright.dockerfile.lint.practice.UnmatchedWildcards;
import dev.stagewright.dockerfile.lint.practice.UnpinnedImages;
import java.util.List;

/** The catalog of lint checks. */
public final class LintCatalog {
  private LintCatalog() {}

  /** All checks: the checks of BuildKit, then the checks of Stagewright. */
  public static List<LintCheck> checks() {
    return List.of(
        new StageNames(),
        new InstructionStyle(),
        new BaseImages(),
        new FromPlatforms(),
        new UndefinedVariables(),
        new CommandInstructions(),
        new SecretNames(),
        new IgnoredSources(),
        new ExposedPorts(),
        new DescriptionComments(),
        new UnpinnedImages(),
        new PackageManagers(),
        new CopiedSources(),
        new FinalImage(),
        new PipedDownloads(),
        new SecretValues(),
        new DeletedInLaterLayer(),
        new UnmatchedWildcards(),
        new CopyDestinations(),
        new BuildArguments(),
        new SyntaxFrontends());
  }

  /** All rules, in the order of their checks. */
  public static List<Rule> rules() {
    return checks().stream().flatMap(check -> check.rules().stream()).toList();
  }

  /** A linter with all checks. */
  public static Linter linter() {
    return new Linter(checks());
  }
}
