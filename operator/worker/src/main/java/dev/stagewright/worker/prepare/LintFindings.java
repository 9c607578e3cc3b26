package dev.stagewright.worker.prepare;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.RequiredImage;
import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.dockerfile.lint.KnownBase;
import dev.stagewright.dockerfile.lint.LintRequest;
import dev.stagewright.dockerfile.lint.catalog.LintCatalog;
import dev.stagewright.dockerfile.stages.BuildOptions;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.images.ImageInfo;
import dev.stagewright.worker.plan.ConfigTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks lint.
 *
 * @param options of the build
 * @param ignore what stays out of the context; empty where there is no ignore file
 * @param images that the target needs, by name
 */
record LintFindings(
    BuildOptions options, Optional<IgnoreRules> ignore, Map<String, ImageInfo> images) {

  /**
   * What lint has to say of a Dockerfile.
   *
   * @throws BuildFailedException if the Dockerfile wants to fail for it
   */
  List<BuildPlan.Finding> of(Dockerfile dockerfile) {
    var request = new LintRequest(options, false, ignore, true, Optional.empty(), this::base);
    var report = LintCatalog.linter().lint(dockerfile, request);
    report
        .failure()
        .ifPresent(rules -> {
          throw new BuildFailedException(Failure.of(FailureReason.DockerfileInvalid, rules));
        });
    return report.findings().stream()
        .map(finding ->
            new BuildPlan.Finding(
                finding.rule().id(), finding.message(), finding.position().line()))
        .toList();
  }

  private Optional<KnownBase> base(RequiredImage image) {
    return Optional.ofNullable(images.get(image.name()))
        .map(ImageInfo::config)
        .map(config ->
            new KnownBase(
                ConfigTemplate.settings(config), PlatformId.parse(config.platform().toString())));
  }
}
