package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.Finding;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.ImageStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SourceStatus;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.ScanStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.protocol.ScanResult;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Makes the status, always whole, from what there is to say of a run. */
record StatusWriter(Observation observed) {
  private static final int LARGEST_FINDING = 1024;

  ImageBuildStatus status(StatusInputs progress) {
    var now = observed.now().truncatedTo(ChronoUnit.SECONDS);
    var startedAt = observed.startedAt().truncatedTo(ChronoUnit.SECONDS);
    var isOver = progress.phase().isFinal();
    // The time in a queue does not count: else a build might time out before it begins.
    var hasBegun =
        progress.phase() != BuildPhase.Queued && progress.phase() != BuildPhase.Cancelled;
    return new ImageBuildStatus(
        observed.run().generation(),
        progress.phase(),
        progress.plan().map(_ -> count(progress.stages())).orElse(null),
        new Conditions(observed, progress).list(),
        hasBegun ? startedAt.toString() : null,
        isOver && hasBegun ? now.toString() : null,
        isOver && hasBegun ? KubernetesDuration.format(Duration.between(startedAt, now)) : null,
        progress.plan().flatMap(BuildPlan::revision).map(SourceStatus::new).orElse(null),
        progress.placement().orElse(null),
        progress.sandbox().orElse(null),
        progress.stages(),
        progress.attempts(),
        progress
            .plan()
            .flatMap(plan -> progress.pushed().map(pushed -> image(plan.references(), pushed)))
            .orElse(null),
        progress.plan().map(StatusWriter::findings).orElse(List.of()),
        progress.failure().orElse(null),
        progress.queue().orElse(null),
        progress.scan().map(StatusWriter::scan).orElse(null),
        observed.history());
  }

  private static String count(List<StageStatus> stages) {
    var done =
        stages.stream().filter(stage -> stage.phase() == StageStatus.StagePhase.Succeeded).count();
    return done + "/" + stages.size();
  }

  private static ImageStatus image(List<ImageReference> references, Termination.Pushed pushed) {
    var first = references.getFirst();
    return new ImageStatus(
        first.toString(),
        pushed.digest().toString(),
        pushed.size(),
        pushed.layers(),
        first.pinned(pushed.digest()).toString(),
        references.stream().map(ImageReference::toString).toList());
  }

  private static ScanStatus scan(ScanResult scan) {
    return new ScanStatus(
        scan.status(),
        scan.severity().orElse(null),
        scan.counts(),
        scan.fixable(),
        scan.scanner().orElse(null),
        scan.report().orElse(null),
        scan.sbom().orElse(null));
  }

  private static List<Finding> findings(BuildPlan plan) {
    return plan.findings().stream()
        .map(finding ->
            new Finding(
                finding.rule(),
                PrintableText.message(finding.message(), LARGEST_FINDING),
                finding.line()))
        .toList();
  }
}
