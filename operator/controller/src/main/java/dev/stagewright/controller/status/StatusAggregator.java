package dev.stagewright.controller.status;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.CacheMountsStatus;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.ImageStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.PlacementStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.QueueStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SourceStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatusBuilder;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.ScanStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.assess.StageStates;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.run.FluxArtifact;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.ScanResult;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a decision says about a run, and builds the status from it. The status is always
 * built as a whole: what is not added is absent.
 */
public final class StatusAggregator {
  private final Observation observed;
  private Map<String, Integer> attempts = Map.of();
  private Optional<StageStates> stages = Optional.empty();
  private Optional<BuildFailure> failure = Optional.empty();
  private boolean isCancelled;
  private Optional<ImageStatus> image = Optional.empty();
  private Optional<ScanResult> scan = Optional.empty();
  private List<BuildPlan.Finding> findings = List.of();
  private Optional<ImageChecks> checks = Optional.empty();
  private @Nullable PlacementStatus placement;
  private @Nullable SandboxStatus sandbox;
  private @Nullable QueueStatus queue;
  private Optional<CacheTotals> cache = Optional.empty();
  private @Nullable CacheMountsStatus cacheMounts;

  /** Aggregates the status of the observed run. */
  public StatusAggregator(Observation observed) {
    this.observed = observed;
  }

  /** Adds the placement of the run's Pods. */
  public StatusAggregator placement(PlacementStatus status) {
    placement = status;
    return this;
  }

  /** Adds the number of attempts by task. */
  public StatusAggregator attempts(Map<String, Integer> byTask) {
    attempts = byTask;
    return this;
  }

  /** Adds the position in the queue. */
  public StatusAggregator queue(QueueStatus status) {
    queue = status;
    return this;
  }

  /** Adds the plan and the states of its stages. */
  public StatusAggregator stages(StageStates states, SandboxStatus status) {
    stages = Optional.of(states);
    sandbox = status;
    return this;
  }

  /** Adds the storage of cache mounts. */
  public StatusAggregator cacheMounts(CacheMountsStatus status) {
    cacheMounts = status;
    return this;
  }

  /** Adds the repository of the cache. */
  public StatusAggregator cacheRepository(String repository) {
    cache = Optional.of(new CacheTotals(repository, observed.cacheUse()));
    return this;
  }

  /** Adds the image that was pushed; the stages must have been added before. */
  public StatusAggregator pushed(Termination.Pushed pushed) {
    image = stages.map(states -> image(states.plan().references(), pushed));
    scan = pushed.scan();
    findings = pushed.findings();
    // The log of publish has more findings than fit into its termination message.
    checks =
        pushed
            .checks()
            .flatMap(reported -> observed.logs().checks().or(() -> Optional.of(reported)));
    return this;
  }

  /** Builds the status of a run that failed, possibly because of this Pod. */
  public ImageBuildStatus failed(Failure cause, Optional<PodFacts> pod) {
    var reported = new RunFailure(observed).report(cause, pod, stages);
    failure = Optional.of(reported);
    scan = pod.flatMap(PodFacts::report).flatMap(Termination::scan);
    checks = observed.logs().checks();
    return build(
        new ReadyReason(BuildPhase.Failed, cause.reason().name(), RunFailure.headline(reported)));
  }

  /** Builds the status of a run that was cancelled on its own, without suspending the build. */
  public ImageBuildStatus cancelled() {
    isCancelled = true;
    return build(
        new ReadyReason(
            BuildPhase.Cancelled,
            ImageBuildStatus.CANCELLED,
            "run %d was cancelled by the annotation %s"
                .formatted(observed.run().number(), ImageBuild.CANCEL_ANNOTATION)));
  }

  /** Builds the status. */
  public ImageBuildStatus build(ReadyReason ready) {
    var start = observed.run().start();
    var plan = stages.map(StageStates::plan);
    var stageStatuses =
        stages
            .map(states ->
                new StageStatuses(observed, states, failure.isPresent() || isCancelled).list())
            .orElse(List.of());
    var reported = new ReportedFindings(plan.map(this::lint).orElse(List.of()), checks);
    var status =
        ImageBuildStatus.builder(observed.run().generation(), ready.phase())
            .run(start.number())
            .trigger(start.trigger())
            .observedRebuild(start.rebuild().orElse(null))
            .lastScheduleTime(start.scheduled().map(Instant::toString).orElse(null))
            .observedArtifact(start.artifact().map(FluxArtifact::id).orElse(null))
            .progress(plan.map(_ -> progress(stageStatuses)).orElse(null))
            .conditions(new Conditions(observed, ready, plan.isPresent(), stageStatuses).list())
            .source(plan.flatMap(StatusAggregator::source).orElse(null))
            .placement(placement)
            .sandbox(sandbox)
            .stages(stageStatuses)
            .attempts(attempts)
            .image(image.orElse(null))
            .findings(reported.list())
            .checks(reported.summary(image.map(ImageStatus::size)).orElse(null))
            .failure(failure.orElse(null))
            .queue(queue)
            .scan(scan.map(StatusAggregator::scan).orElse(null))
            .cache(cache.flatMap(totals -> totals.of(stageStatuses)).orElse(null))
            .cacheMounts(cacheMounts)
            .history(observed.history());
    addTimes(status, ready.phase());
    return status.build();
  }

  /** The time in the queue does not count, so that a build cannot time out before it begins. */
  private void addTimes(ImageBuildStatusBuilder status, BuildPhase phase) {
    if (phase == BuildPhase.Queued || (phase == BuildPhase.Cancelled && !hasStarted())) {
      if (isCancelled) {
        status.completionTime(observed.now().truncatedTo(ChronoUnit.SECONDS).toString());
      }
      return;
    }
    var startedAt = observed.startedAt().truncatedTo(ChronoUnit.SECONDS);
    status.startTime(startedAt.toString());
    if (phase.isFinal()) {
      var now = observed.now().truncatedTo(ChronoUnit.SECONDS);
      status
          .completionTime(now.toString())
          .duration(KubernetesDuration.format(Duration.between(startedAt, now)));
    }
  }

  private static Optional<SourceStatus> source(BuildPlan plan) {
    var commit = plan.revision().orElse(null);
    return plan.source()
        .map(fetched ->
            new SourceStatus(
                commit, fetched.url(), fetched.revision().orElse(null), fetched.digest(), null))
        .or(() ->
            plan.revision()
                .map(_ -> new SourceStatus(commit, null, null, null, plan.signer().orElse(null))));
  }

  /** A run that was suspended or cancelled in the queue has not started. */
  private boolean hasStarted() {
    return observed
        .previous()
        .flatMap(status -> Optional.ofNullable(status.startTime()))
        .isPresent();
  }

  private static String progress(List<StageStatus> stages) {
    var done = stages.stream().filter(stage -> stage.phase() == StagePhase.Succeeded).count();
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

  private List<BuildPlan.Finding> lint(BuildPlan plan) {
    return Stream.concat(
            plan.findings().stream().map(this::latest),
            findings.stream().filter(StatusAggregator::isOfBuild))
        .distinct()
        .toList();
  }

  /** Whether a finding is about the build and not about a line, so the plan does not have it. */
  private static boolean isOfBuild(BuildPlan.Finding finding) {
    return finding.line() == 0;
  }

  /** What the build has found out about a finding. */
  private BuildPlan.Finding latest(BuildPlan.Finding finding) {
    return findings.stream()
        .filter(later -> later.rule().equals(finding.rule()) && later.line() == finding.line())
        .findFirst()
        .orElse(finding);
  }
}
