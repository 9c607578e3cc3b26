package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.eval.RequiredImage;
import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.dockerfile.stages.BuildOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known beside the Dockerfile. The more there is, the more can be found.
 *
 * @param options of the build
 * @param allStages whether stages that the target does not need are looked at too
 * @param ignore the rules of the ignore file; empty where there is none or it is not at hand
 * @param ignoreKnown whether it is known if there is an ignore file
 * @param contextPaths files and folders of the build context, relative, ignored ones left out;
 *     empty where they are not at hand
 * @param bases configs of base images; empty for an image whose config is not at hand
 */
public record LintRequest(
    BuildOptions options,
    boolean allStages,
    Optional<IgnoreRules> ignore,
    boolean ignoreKnown,
    Optional<List<String>> contextPaths,
    Function<RequiredImage, Optional<KnownBase>> bases) {

  /** Nothing is at hand but the Dockerfile; without a target, all stages are looked at. */
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
