package dev.stagewright.controller.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.Reconciliation;
import dev.stagewright.controller.cluster.ApiServerClock;
import dev.stagewright.controller.cluster.ContainerReference;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.logs.ContainerLog;
import dev.stagewright.controller.logs.ContainerLogs.StartedContainer;
import dev.stagewright.controller.queue.QueuePosition;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.FluxArtifact;
import dev.stagewright.controller.run.PodContainer;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.sharing.StageSharing;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Termination;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes a build through its phases. The test acts as the kubelet; each reconciliation uses a new
 * operator, so every step also tests a restart.
 */
public final class Walk {
  /** Peak memory use that the Pods of stages report, in bytes. */
  public static final long PEAK_MEMORY = 64L << 20;

  private final MovableClock clock = new MovableClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final ImageBuild build;
  private OperatorConfig config;
  private Function<RunInputs, QueuePosition> queue = _ -> new QueuePosition.Admitted();
  private Optional<Duration> requeueAfter = Optional.empty();
  private Duration operatorClockOffset = Duration.ZERO;
  private boolean hasLogStreams = true;
  private StageSharing sharing = StageSharing.NONE;
  private Optional<FluxArtifact.Lookup> artifact = Optional.empty();

  /** A build that has not been reconciled yet. */
  public Walk(ImageBuild build) {
    this(build, Builds.config());
  }

  /** A build that has not been reconciled yet, and the configuration of the operator. */
  public Walk(ImageBuild build, OperatorConfig config) {
    this.build = build;
    this.config = config;
  }

  /** A build whose stages are about to run. */
  public static Walk prepared(ImageBuild build, BuildPlan plan) {
    return prepared(build, plan, Builds.config());
  }

  /** A build whose stages are about to run, and the configuration of the operator. */
  public static Walk prepared(ImageBuild build, BuildPlan plan, OperatorConfig config) {
    var walk = new Walk(build, config);
    walk.reconcile();
    walk.completePrepare(plan);
    walk.reconcile();
    return walk;
  }

  /** Reconciles once. */
  public Walk reconcile() {
    var outcome = reconcileOnce();
    outcome.status().ifPresent(status -> cluster.change(() -> build.setStatus(status)));
    requeueAfter = outcome.requeueAfter();
    return this;
  }

  /** From now on, the clock of the operator's node differs by this. */
  public Walk offsetOperatorClock(Duration offset) {
    operatorClockOffset = offset;
    return this;
  }

  /** From now on, streams of logs deliver nothing. */
  public Walk breakLogStreams() {
    hasLogStreams = false;
    return this;
  }

  /** Other builds of the namespace may run the same instructions. */
  public Walk share(StageSharing with) {
    sharing = with;
    return this;
  }

  /** From now on, the Flux source of the build has this artifact. */
  public Walk artifact(FluxArtifact.Lookup lookup) {
    artifact = Optional.of(lookup);
    return this;
  }

  /** Advances the clock and reconciles. */
  public Walk after(Duration time) {
    return pass(time).reconcile();
  }

  /** Advances the clock. */
  public Walk pass(Duration time) {
    clock.pass(time);
    return this;
  }

  /** The time in the cluster. */
  public Instant now() {
    return clock.instant();
  }

  /** Reconciles, but the operator crashes before it writes the status. */
  public Walk reconcileWithoutStatusUpdate() {
    reconcileOnce();
    return this;
  }

  private Reconciliation.Outcome reconcileOnce() {
    return new Reconciliation(config, cluster, this::logs, sharing, operatorClock())
        .reconcile(new RunInputs(build, artifact), cluster.cached(), queue);
  }

  /** A new operator has received a response of the API server before it reconciles. */
  private ApiServerClock operatorClock() {
    var operatorClock = new ApiServerClock(Clock.offset(clock, operatorClockOffset));
    operatorClock.update(clock.instant().truncatedTo(ChronoUnit.SECONDS));
    return operatorClock;
  }

  /** What streams have delivered that were opened after the operator has started. */
  private Map<ContainerReference, ContainerLog> logs(
      BuildRun run, List<StartedContainer> containers) {
    return containers.stream()
        .filter(container -> hasLogStreams && !container.hasEnded())
        .collect(Collectors.toMap(StartedContainer::container, this::log));
  }

  private ContainerLog log(StartedContainer started) {
    var container = started.container();
    return ContainerLog.of(
        cluster
            .log(container.namespace(), container.pod(), container.container(), Optional.empty())
            .read()
            .orElse(""),
        started.runsUserCode());
  }

  /** From now on, the queue assigns this position. */
  public Walk queuePosition(QueuePosition position) {
    queue = _ -> position;
    return this;
  }

  /** The operator is restarted with another configuration. */
  public Walk configure(OperatorConfig other) {
    config = other;
    return this;
  }

  /** A user changes the spec. */
  public Walk change(ImageBuildSpec spec) {
    build.setSpec(spec);
    build.getMetadata().setGeneration(build.getMetadata().getGeneration() + 1);
    return this;
  }

  /** A Pod is scheduled. */
  public Walk schedule(String pod) {
    FakeKubelet.schedule(cluster.requirePod(pod), clock);
    return this;
  }

  /** A controller such as Kueue gates the scheduling of a Pod. */
  public Walk gateScheduling(String pod) {
    FakeKubelet.gateScheduling(cluster.requirePod(pod));
    return this;
  }

  /** A Pod's container starts. */
  public Walk start(String pod) {
    FakeKubelet.start(cluster.requirePod(pod), clock);
    return this;
  }

  /** A Pod's container starts, on a node whose clock differs by this. */
  public Walk startAt(String pod, Duration offset) {
    FakeKubelet.startAt(cluster.requirePod(pod), clock.instant(), clock.instant().plus(offset));
    return this;
  }

  /** No node has room for a Pod. */
  public Walk unschedulable(String pod) {
    FakeKubelet.unschedulable(cluster.requirePod(pod));
    return this;
  }

  /** Requests the deletion of a Pod, which runs on. */
  public Walk requestDeletion(String pod) {
    cluster.requirePod(pod).getMetadata().setDeletionTimestamp(clock.instant().toString());
    return this;
  }

  /** The eviction API evicts a Pod, for example because its node is drained. */
  public Walk drain(String pod) {
    FakeKubelet.disrupt(cluster.requirePod(pod));
    return requestDeletion(pod);
  }

  /** A Pod's container waits. */
  public Walk setWaiting(String pod, String reason, String message) {
    FakeKubelet.setWaiting(cluster.requirePod(pod), clock, reason, message);
    return this;
  }

  /**
   * A container ends.
   *
   * @param container name of the Pod, and of its container if that is not {@code main}: {@code
   *     hello-1-worker/prepare}
   */
  public Walk end(String container, int exitCode, String reason, String message) {
    var parts = container.split("/", -1);
    FakeKubelet.end(
        cluster.requirePod(parts[0]),
        parts.length == 1 ? PodContainer.MAIN : parts[1],
        clock,
        exitCode,
        reason,
        message);
    return this;
  }

  /** A Pod is evicted. */
  public Walk evict(String pod) {
    FakeKubelet.evict(cluster.requirePod(pod));
    return this;
  }

  /** Prepare, which has printed the plan, is done. */
  public Walk completePrepare(BuildPlan plan) {
    return completePrepareOf(build.getMetadata().getGeneration(), plan);
  }

  /** Prepare of this generation is done. */
  public Walk completePrepareOf(long generation, BuildPlan plan) {
    return completePreparePod("hello-" + generation + "-worker/prepare", plan);
  }

  /** This container of prepare is done. */
  public Walk completePreparePod(String container, BuildPlan plan) {
    var json = Json.write(plan);
    cluster.log(
        container.split("/", -1)[0],
        "some output\n" + LogFrame.format(LogFrame.Kind.PLAN, json) + "\n");
    var digest = Digest.of(json.getBytes(StandardCharsets.UTF_8));
    return end(container, 0, "Completed", Json.write(new Termination.Prepared(digest)));
  }

  /** A stage is done. */
  public Walk completeStage(String pod, String stage) {
    return end(
        pod,
        0,
        "Completed",
        Json.write(
            new Termination.Staged(stage, 1, 1000, 24, SandboxKind.IN_PLACE, 90)
                .withPeakMemory(Optional.of(PEAK_MEMORY))));
  }

  /** This container of publish is done. */
  public Walk completePublish(String container) {
    var pushed = new Termination.Pushed(Digest.of(new byte[0]), 12345, 3, 2345);
    return end(container, 0, "Completed", Json.write(pushed));
  }

  /** A container reports a failure and ends. */
  public Walk fail(String container, Phase phase, Failure failure) {
    return end(
        container,
        phase.exitCode(failure.reason()),
        "Error",
        Json.write(new Termination.Failed(failure)));
  }

  /** The cluster, to simulate its behaviour. */
  public FakeCluster cluster() {
    return cluster;
  }

  /** Whether a stage is done according to the status. */
  public boolean isBuilt(String id) {
    return build.getStatus() != null
        && status().stages().stream()
            .anyMatch(stage -> stage.id().equals(id) && stage.phase() == StagePhase.Succeeded);
  }

  /** Whether the run has ended according to the status. */
  public boolean hasEnded() {
    return Optional.ofNullable(build.getStatus()).filter(ImageBuildStatus::hasEnded).isPresent();
  }

  /** Whether the operator has written a status. */
  public boolean hasStatus() {
    return build.getStatus() != null;
  }

  /** The status of the ImageBuild. */
  public ImageBuildStatus status() {
    return Optional.ofNullable(build.getStatus())
        .orElseThrow(() -> new AssertionError("no status yet"));
  }

  /** Why the build failed. */
  public BuildFailure failure() {
    return Optional.ofNullable(status().failure())
        .orElseThrow(() -> new AssertionError("no failure in " + status()));
  }

  /** The status of a stage. */
  public StageStatus stage(String id) {
    return status().stages().stream()
        .filter(stage -> stage.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no stage " + id + " in " + status().stages()));
  }

  /** The status and reason of a condition. */
  public String condition(String type) {
    return status().conditions().stream()
        .filter(condition -> condition.type().name().equals(type))
        .map(condition -> condition.status() + " " + condition.reason())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no condition " + type + " in " + status()));
  }

  /** When the operator reconciles again without an event. */
  public Optional<Duration> requeueAfter() {
    return requeueAfter;
  }

  /** Asserts that another reconciliation changes nothing. */
  public Walk assertSettled() {
    var status = status();
    var names = cluster.names();
    reconcile();
    assertThat(status()).isEqualTo(status);
    assertThat(cluster.names()).isEqualTo(names);
    return this;
  }
}
