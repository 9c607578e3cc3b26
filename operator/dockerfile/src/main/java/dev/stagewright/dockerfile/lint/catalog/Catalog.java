package dev.stagewright.dockerfile.lint.catalog;

import dev.stagewright.dockerfile.lint.Check;
import dev.stagewright.dockerfile.lint.Linter;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.buildkit.BaseImages;
import dev.stagewright.dockerfile.lint.buildkit.Commands;
import dev.stagewright.dockerfile.lint.buildkit.Descriptions;
import dev.stagewright.dockerfile.lint.buildkit.FromPlatforms;
import dev.stagewright.dockerfile.lint.buildkit.IgnoredSources;
import dev.stagewright.dockerfile.lint.buildkit.Ports;
import dev.stagewright.dockerfile.lint.buildkit.SecretNames;
import dev.stagewright.dockerfile.lint.buildkit.Spelling;
import dev.stagewright.dockerfile.lint.buildkit.StageNames;
import dev.stagewright.dockerfile.lint.buildkit.UndefinedVariables;
import dev.stagewright.dockerfile.lint.practice.BuildArguments;
import dev.stagewright.dockerfile.lint.practice.CopiedSources;
import dev.stagewright.dockerfile.lint.practice.DeletedLater;
import dev.stagewright.dockerfile.lint.practice.Destinations;
import dev.stagewright.dockerfile.lint.practice.Downloads;
import dev.stagewright.dockerfile.lint.practice.FinalImage;
import dev.stagewright.dockerfile.lint.practice.Frontends;
import dev.stagewright.dockerfile.lint.practice.PackageManagers;
import dev.stagewright.dockerfile.lint.practice.SecretValues;
import dev.stagewright.dockerfile.lint.practice.UnpinnedImages;
import dev.stagewright.dockerfile.lint.practice.Wildcards;
import java.util.List;

/** All checks there are. */
public final class Catalog {
  private Catalog() {}

  /** BuildKit's checks, then our own. */
  public static List<Check> checks() {
    return List.of(
        new StageNames(),
        new Spelling(),
        new BaseImages(),
        new FromPlatforms(),
        new UndefinedVariables(),
        new Commands(),
        new SecretNames(),
        new IgnoredSources(),
        new Ports(),
        new Descriptions(),
        new UnpinnedImages(),
        new PackageManagers(),
        new CopiedSources(),
        new FinalImage(),
        new Downloads(),
        new SecretValues(),
        new DeletedLater(),
        new Wildcards(),
        new Destinations(),
        new BuildArguments(),
        new Frontends());
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
