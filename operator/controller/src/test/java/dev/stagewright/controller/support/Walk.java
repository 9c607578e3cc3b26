package dev.stagewright.controller.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.Reconciliation;
import dev.stagewright.controller.cluster.ApiServerClock;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.observe.LogTail;
import dev.stagewright.controller.observe.LogTails;
import dev.stagewright.controller.queue.QueuePosition;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.PlanFrame;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Termination;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Walks a build through its life: the test plays the kubelet, the operator is a fresh one at each
 * step, so that each step is a restart too.
 */
public final class Walk {
  private final MovableClock clock = new MovableClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final ImageBuild build;
  private final OperatorConfig config;
  private Function<ImageBuild, QueuePosition> queue = _ -> new QueuePosition.Admitted();
  private Optional<Duration> lookAgain = Optional.empty();
  private Duration operatorsClockIsOffBy = Duration.ZERO;

  /** A build that nobody has looked at yet. */
  public Walk(ImageBuild build) {
    this(build, Builds.config());
  }

  /** A build that an operator of this configuration has not looked at yet. */
  public Walk(ImageBuild build, OperatorConfig config) {
    this.build = build;
    this.config = config;
  }

  /** A build whose stages are to run. */
  public static Walk prepared(ImageBuild build, BuildPlan plan) {
    var walk = new Walk(build);
    walk.look();
    walk.prepareEnds(plan);
    walk.look();
    return walk;
  }

  /** The operator looks at it once. */
  public Walk look() {
    var outcome = reconcile();
    outcome.status().ifPresent(status -> cluster.change(() -> build.setStatus(status)));
    lookAgain = outcome.lookAgain();
    return this;
  }

  /** From here on, the operator is on a node whose clock is off by this. */
  public Walk moveOperatorToNodeWhoseClockIsOffBy(Duration off) {
    operatorsClockIsOffBy = off;
    return this;
  }

  /** Time passes, and the operator looks. */
  public Walk after(Duration time) {
    return pass(time).look();
  }

  /** Time passes. */
  public Walk pass(Duration time) {
    clock.pass(time);
    return this;
  }

  /** The operator looks and acts, but does not live to write the status. */
  public Walk dieBeforeTheStatusIsWritten() {
    reconcile();
    return this;
  }

  private Reconciliation.Outcome reconcile() {
    return new Reconciliation(config, cluster, this::logs, operatorsClock())
        .reconcile(build, cluster.cached(), queue);
  }

  /** A fresh operator has heard the API server when it comes to look. */
  private ApiServerClock operatorsClock() {
    var operatorsClock = new ApiServerClock(Clock.offset(clock, operatorsClockIsOffBy));
    operatorsClock.update(clock.instant().truncatedTo(ChronoUnit.SECONDS));
    return operatorsClock;
  }

  private Map<String, LogTail> logs(BuildRun run, Map<String, Instant> runningSince) {
    return runningSince.keySet().stream()
        .collect(
            Collectors.toMap(pod -> pod, pod -> new LogTails(cluster).read(run.namespace(), pod)));
  }

  /** From here on, the queue gives this place. */
  public Walk place(QueuePosition place) {
    queue = _ -> place;
    return this;
  }

  /** The user changes the spec. */
  public Walk change(ImageBuildSpec spec) {
    build.setSpec(spec);
    build.getMetadata().setGeneration(build.getMetadata().getGeneration() + 1);
    return this;
  }

  /** A Pod gets its node. */
  public Walk schedule(String pod) {
    FakeKubelet.schedule(cluster.requirePod(pod), clock);
    return this;
  }

  /** Somebody, such as Kueue, keeps a Pod from being scheduled. */
  public Walk throttle(String pod) {
    FakeKubelet.throttle(cluster.requirePod(pod));
    return this;
  }

  /** A Pod's container starts. */
  public Walk start(String pod) {
    FakeKubelet.start(cluster.requirePod(pod), clock);
    return this;
  }

  /** A Pod's container starts, on a node whose clock is off by this. */
  public Walk startAt(String pod, Duration off) {
    FakeKubelet.startAt(cluster.requirePod(pod), clock.instant(), clock.instant().plus(off));
    return this;
  }

  /** No node takes a Pod. */
  public Walk unschedulable(String pod) {
    FakeKubelet.unschedulable(cluster.requirePod(pod));
    return this;
  }

  /** A Pod is being deleted. */
  public Walk stop(String pod) {
    cluster.requirePod(pod).getMetadata().setDeletionTimestamp(clock.instant().toString());
    return this;
  }

  /** Somebody evicts a Pod by the eviction API, as for draining its node. */
  public Walk drain(String pod) {
    FakeKubelet.disrupt(cluster.requirePod(pod));
    return stop(pod);
  }

  /** A Pod's container waits. */
  public Walk hold(String pod, String reason, String message) {
    FakeKubelet.hold(cluster.requirePod(pod), clock, reason, message);
    return this;
  }

  /** A Pod's container ends. */
  public Walk end(String pod, int exitCode, String reason, String message) {
    FakeKubelet.end(cluster.requirePod(pod), clock, exitCode, reason, message);
    return this;
  }

  /** A Pod is evicted. */
  public Walk evict(String pod) {
    FakeKubelet.evict(cluster.requirePod(pod));
    return this;
  }

  /** Check, which runs beside prepare, is done. */
  public Walk checkEnds() {
    return checkOf(build.getMetadata().getGeneration());
  }

  private Walk checkOf(long generation) {
    return end(
        "hello-" + generation + "-check", 0, "Completed", Json.write(new Termination.Checked()));
  }

  /** Prepare is done, and has printed the plan; so is check. */
  public Walk prepareEnds(BuildPlan plan) {
    return prepareOf(build.getMetadata().getGeneration(), plan);
  }

  /** Prepare of this generation is done, and has printed the plan; so is check. */
  public Walk prepareOf(long generation, BuildPlan plan) {
    if (!cluster.names().contains("hello-" + generation + "-check")) {
      look();
    }
    return checkOf(generation).prepareAloneEnds(generation, plan);
  }

  /** Prepare of this generation is done, and has printed the plan. */
  public Walk prepareAloneEnds(long generation, BuildPlan plan) {
    return prepareEndsAs("hello-" + generation + "-prepare", plan);
  }

  /** The Pod of this attempt at prepare is done, and has printed the plan. */
  public Walk prepareEndsAs(String pod, BuildPlan plan) {
    var json = Json.write(plan);
    cluster.log(pod, "some words\n" + PlanFrame.format(json) + "\n");
    var digest = Digest.of(json.getBytes(StandardCharsets.UTF_8));
    return end(pod, 0, "Completed", Json.write(new Termination.Prepared(digest)));
  }

  /** A stage is done. */
  public Walk stageEnds(String pod, String stage) {
    return end(
        pod,
        0,
        "Completed",
        Json.write(new Termination.Staged(stage, 1, 1000, 24, SandboxKind.IN_PLACE, 90)));
  }

  /** Push is done. */
  public Walk pushEnds(String pod) {
    var pushed = new Termination.Pushed(Digest.of(new byte[0]), 12345, 3, 2345);
    return end(pod, 0, "Completed", Json.write(pushed));
  }

  /** A Pod gives up and says why. */
  public Walk fail(String pod, Phase phase, Failure failure) {
    return end(
        pod,
        phase.exitCode(failure.reason()),
        "Error",
        Json.write(new Termination.Failed(failure)));
  }

  /** The cluster, for its knobs. */
  public FakeCluster cluster() {
    return cluster;
  }

  /** Whether a stage is done, as far as the resource says. */
  public boolean isBuilt(String id) {
    return build.getStatus() != null
        && status().stages().stream()
            .anyMatch(stage -> stage.id().equals(id) && stage.phase() == StagePhase.Succeeded);
  }

  /** Whether the run is over, as far as the resource says. */
  public boolean isOver() {
    return Optional.ofNullable(build.getStatus())
        .map(ImageBuildStatus::phase)
        .filter(BuildPhase::isFinal)
        .isPresent();
  }

  /** Whether the operator has written anything. */
  public boolean hasStatus() {
    return build.getStatus() != null;
  }

  /** What the resource says. */
  public ImageBuildStatus status() {
    return Optional.ofNullable(build.getStatus())
        .orElseThrow(() -> new AssertionError("no status yet"));
  }

  /** Why the build failed. */
  public BuildFailure failure() {
    return Optional.ofNullable(status().failure())
        .orElseThrow(() -> new AssertionError("no failure in " + status()));
  }

  /** What the resource says of a stage. */
  public StageStatus stage(String id) {
    return status().stages().stream()
        .filter(stage -> stage.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no stage " + id + " in " + status().stages()));
  }

  /** A condition's status and reason. */
  public String condition(String type) {
    return status().conditions().stream()
        .filter(condition -> condition.type().name().equals(type))
        .map(condition -> condition.status() + " " + condition.reason())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no condition " + type + " in " + status()));
  }

  /** When the operator wants to look again. */
  public Optional<Duration> lookAgain() {
    return lookAgain;
  }

  /** Looking once more neither changes nor does anything. */
  public Walk isSettled() {
    var status = status();
    var names = cluster.names();
    look();
    assertThat(status()).isEqualTo(status);
    assertThat(cluster.names()).isEqualTo(names);
    return this;
  }
}
