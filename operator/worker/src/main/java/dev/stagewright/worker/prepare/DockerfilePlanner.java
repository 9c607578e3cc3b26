package dev.stagewright.worker.prepare;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.dockerfile.eval.Evaluator;
import dev.stagewright.dockerfile.eval.RequiredImage;
import dev.stagewright.dockerfile.lint.Finding;
import dev.stagewright.dockerfile.lint.KnownBase;
import dev.stagewright.dockerfile.lint.LintRequest;
import dev.stagewright.dockerfile.lint.catalog.LintCatalog;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.stages.BuildOptions;
import dev.stagewright.dockerfile.stages.TargetNotFoundException;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.worker.SourceDateEpoch;
import dev.stagewright.worker.images.ImageCatalog;
import dev.stagewright.worker.images.ImageInfo;
import dev.stagewright.worker.plan.ConfigTemplate;
import dev.stagewright.worker.plan.PlanBuilder;
import dev.stagewright.worker.plan.RemoteSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Plans the build of a Dockerfile: parses the Dockerfile, looks up its images, evaluates it once,
 * and uses the evaluation for the plan and for lint.
 *
 * @param request target, build arguments and platform
 * @param dockerfile the Dockerfile
 * @param images looks up images
 */
record DockerfilePlanner(BuildRequest request, DockerfileText dockerfile, ImageCatalog images) {
  private static final int SHOWN = 200;

  /**
   * The plan of a build.
   *
   * @param plan for stages and push
   * @param remoteSources the URLs and Git repositories that prepare fetches for ADD
   */
  record Result(BuildPlan plan, List<RemoteSource> remoteSources) {}

  /**
   * Plans the build.
   *
   * @param revision commit of the source
   * @param references names of the image
   * @throws BuildFailedException if the Dockerfile is invalid, an image cannot be looked up, or an
   *     instruction is not supported
   */
  Result plan(Optional<String> revision, List<ImageReference> references) {
    try {
      var parsed = DockerfileParser.parse(dockerfile.text());
      var evaluator = new Evaluator(parsed, options());
      images.prefetch(evaluator.requiredImages());
      var evaluation =
          evaluator.evaluate(image -> ConfigTemplate.settings(images.get(image).config()));
      var infos = imageInfos(evaluation);
      var builder =
          new PlanBuilder(
              evaluation,
              name -> Optional.ofNullable(infos.get(name)).orElseThrow(),
              dockerfile.path(),
              request);
      var findings = lint(parsed, evaluation, infos);
      return new Result(builder.plan(revision, references, findings), builder.remoteSources());
    } catch (DockerfileException e) {
      throw new BuildFailedException(failure(e), e);
    }
  }

  /** The findings of lint for a Dockerfile that cannot be built, without the error itself. */
  List<String> findingsOfInvalidDockerfile() {
    try {
      return LintCatalog.linter()
          .lint(dockerfile.text(), lintRequest(_ -> Optional.empty()))
          .findings()
          .stream()
          .map(Finding::toString)
          .toList();
    } catch (DockerfileException _) {
      return List.of(); // The failure of the build reports invalid options.
    }
  }

  /** The images of the evaluation, including the images that only triggers of ONBUILD name. */
  private Map<String, ImageInfo> imageInfos(Evaluation evaluation) {
    images.prefetch(evaluation.images());
    return evaluation.images().stream()
        .collect(Collectors.toMap(RequiredImage::name, images::get, (first, _) -> first));
  }

  private List<BuildPlan.Finding> lint(
      Dockerfile parsed, Evaluation evaluation, Map<String, ImageInfo> infos) {
    var request =
        lintRequest(image -> Optional.ofNullable(infos.get(image.name())).map(this::knownBase));
    var report = LintCatalog.linter().lint(parsed, evaluation, request);
    report
        .failure()
        .ifPresent(message -> {
          throw new BuildFailedException(Failure.of(FailureReason.DockerfileInvalid, message));
        });
    return report.findings().stream()
        .map(finding ->
            new BuildPlan.Finding(
                finding.rule().id(),
                finding.message(),
                finding.position().line(),
                Optional.of(severity(finding))))
        .toList();
  }

  private static ImageChecks.Severity severity(Finding finding) {
    return switch (finding.rule().severity()) {
      case ERROR -> ImageChecks.Severity.ERROR;
      case WARNING -> ImageChecks.Severity.WARNING;
      case INFO -> ImageChecks.Severity.HINT;
    };
  }

  private LintRequest lintRequest(Function<RequiredImage, Optional<KnownBase>> bases) {
    return new LintRequest(options(), false, dockerfile.ignore(), true, Optional.empty(), bases);
  }

  private KnownBase knownBase(ImageInfo image) {
    var config = image.config();
    return new KnownBase(
        ConfigTemplate.settings(config), PlatformId.parse(config.platform().toString()));
  }

  private BuildOptions options() {
    var platform = PlatformId.parse(request.platform().toString());
    return new BuildOptions(
        request.target(), SourceDateEpoch.buildArgs(request), platform, platform, Set.of());
  }

  private Failure failure(DockerfileException error) {
    return error instanceof TargetNotFoundException
        ? Failure.of(FailureReason.TargetNotFound, error.reason())
        : new Failure(
            FailureReason.DockerfileInvalid,
            String.valueOf(error.getMessage()),
            Optional.empty(),
            Optional.of(position(error.position().line())),
            Optional.empty());
  }

  private InstructionPosition position(int line) {
    var text = dockerfile.text().lines().skip(line - 1L).findFirst().orElse("").strip();
    return new InstructionPosition(
        dockerfile.path(), line, text.substring(0, Math.min(SHOWN, text.length())));
  }
}
