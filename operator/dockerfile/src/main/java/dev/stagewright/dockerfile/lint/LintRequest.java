package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.eval.RequiredImage;
import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.dockerfile.stages.BuildOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The input of lint besides the Dockerfile. More information allows more findings.
 *
 * @param options of the build
 * @param allStages whether stages that the target does not need are checked
 * @param ignore the rules of the ignore file; empty if there is none or it is unknown
 * @param ignoreKnown whether the ignore file is known, including that there is none
 * @param contextPaths relative paths of the files and directories of the build context, without
 *     ignored paths; empty if unknown
 * @param bases configs of base images; empty for an unknown config
 */
public record LintRequest(
    BuildOptions options,
    boolean allStages,
    Optional<IgnoreRules> ignore,
    boolean ignoreKnown,
    Optional<List<String>> contextPaths,
    Function<RequiredImage, Optional<KnownBase>> bases) {

  /**
   * A request for a Dockerfile without further information; without a target, all stages are
   * checked.
   */
  public static LintRequest of(BuildOptions options) {
    return new LintRequest(
        options,
        options.target().isEmpty(),
        Optional.empty(),
        false,
        Optional.empty(),
        image -> Optional.empty());
  }
}
