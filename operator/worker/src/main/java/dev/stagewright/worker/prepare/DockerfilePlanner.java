package dev.stagewright.worker.prepare;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.dockerfile.eval.Evaluator;
import dev.stagewright.dockerfile.eval.RequiredImage;
import dev.stagewright.dockerfile.lint.Finding;
import dev.stagewright.dockerfile.lint.LintRequest;
import dev.stagewright.dockerfile.lint.catalog.LintCatalog;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.stages.BuildOptions;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.worker.SourceDateEpoch;
import dev.stagewright.worker.images.ImageCatalog;
import dev.stagewright.worker.images.ImageInfo;
import dev.stagewright.worker.images.ImageUse;
import dev.stagewright.worker.plan.ConfigTemplate;
import dev.stagewright.worker.plan.PlanBuilder;
import dev.stagewright.worker.plan.Positions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes a plan of a Dockerfile.
 *
 * @param request target, arguments and platform
 * @param dockerfile the Dockerfile
 * @param images where images are looked up
 */
record DockerfilePlanner(BuildRequest request, DockerfileText dockerfile, ImageCatalog images) {
  private static final int SHOWN = 200;

  /**
   * The plan.
   *
   * @param revision of the source
   * @param references all names that the image gets
   * @throws BuildFailedException if the Dockerfile has a mistake, names an image that cannot be
   *     found, or asks for what is not supported
   */
  PrepareResult plan(Optional<String> revision, List<ImageReference> references) {
    try {
      return evaluated(revision, references);
    } catch (DockerfileException e) {
      throw new BuildFailedException(failure(e), e);
    }
  }

  /** What lint finds in a Dockerfile that cannot be built, beside its mistake. */
  List<String> findings() {
    var request =
        new LintRequest(
            options(),
            false,
            dockerfile.ignore(),
            true,
            Optional.empty(),
            image -> Optional.empty());
    try {
      return LintCatalog.linter().lint(dockerfile.text(), request).findings().stream()
          .map(Finding::toString)
          .toList();
    } catch (DockerfileException _) {
      return List.of(); // The failure tells what is wrong with the options.
    }
  }

  private PrepareResult evaluated(Optional<String> revision, List<ImageReference> references) {
    var places = new Positions(dockerfile.path());
    var parsed = DockerfileParser.parse(dockerfile.text());
    var evaluator = new Evaluator(parsed, options());
    var uses = ImageUse.of(evaluator.graph(), places::of);
    images.prefetch(uses);
    var byName = uses.stream().collect(Collectors.toMap(ImageUse::name, Function.identity()));
    var evaluation =
        evaluator.evaluate(
            image -> ConfigTemplate.settings(images.get(use(image, byName)).config()));
    var resolved = resolved(evaluation, byName);
    var lowering =
        new PlanBuilder(
            evaluation,
            name -> Optional.ofNullable(resolved.get(name)).orElseThrow(),
            places,
            request);
    var findings = new LintFindings(options(), dockerfile.ignore(), resolved).of(parsed);
    return new PrepareResult(lowering.plan(revision, references, findings), lowering.additions());
  }

  private Map<String, ImageInfo> resolved(Evaluation evaluation, Map<String, ImageUse> byName) {
    var uses = evaluation.images().stream().map(image -> use(image, byName)).distinct().toList();
    images.prefetch(uses);
    return uses.stream().collect(Collectors.toMap(ImageUse::name, images::get));
  }

  /** Triggers of a base image name images that no instruction of the Dockerfile shows. */
  private ImageUse use(RequiredImage image, Map<String, ImageUse> byName) {
    return Optional.ofNullable(byName.get(image.name()))
        .orElseGet(() -> new ImageUse(image.name(), "ONBUILD", position(image.position().line())));
  }

  private BuildOptions options() {
    var platform = PlatformId.parse(request.platform().toString());
    return new BuildOptions(
        request.target(), SourceDateEpoch.buildArgs(request), platform, platform, Set.of());
  }

  private Failure failure(DockerfileException mistake) {
    var noTarget = mistake.reason().startsWith("target stage ");
    return new Failure(
        noTarget ? FailureReason.TargetNotFound : FailureReason.DockerfileInvalid,
        noTarget ? mistake.reason() : String.valueOf(mistake.getMessage()),
        Optional.empty(),
        noTarget ? Optional.empty() : Optional.of(position(mistake.position().line())),
        Optional.empty());
  }

  private InstructionPosition position(int line) {
    var text = dockerfile.text().lines().skip(line - 1L).findFirst().orElse("").strip();
    return new InstructionPosition(
        dockerfile.path(), line, text.substring(0, Math.min(SHOWN, text.length())));
  }
}
