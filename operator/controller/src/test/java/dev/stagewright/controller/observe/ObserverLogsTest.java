package dev.stagewright.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.PodLog;
import dev.stagewright.controller.config.CacheConfig;
import dev.stagewright.controller.logs.ContainerLog;
import dev.stagewright.controller.logs.ContainerLogs;
import dev.stagewright.controller.logs.ContainerLogs.StartedContainer;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.PodContainer;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.MovableClock;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.Termination;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What observations contain of followed logs, and when a log is requested instead. */
class ObserverLogsTest {
  private static final String PREPARE = "hello-1-worker/prepare";
  private static final String STAGE = "hello-1-s0";
  private static final BuildPlan PLAN = Plans.builderAndTarget();
  private static final String PLAN_LINE =
      LogFrame.format(LogFrame.Kind.PLAN, Json.write(PLAN)) + "\n";
  private static final Failure FAILURE =
      Failure.of(FailureReason.RunFailed, "The command make returned a non-zero code: 2");

  private final ImageBuild build = Builds.hello();

  private Observation observe(Walk walk, ContainerLogs logs) {
    return new Observer(walk.cluster(), logs, new MovableClock(), CacheConfig.DISABLED)
        .observe(BuildRun.of(RunInputs.of(build), Instant.EPOCH), build, walk.cluster().cached());
  }

  /** Every stream has delivered this. */
  private static ContainerLogs followed(ContainerLog log) {
    return (_, containers) ->
        containers.stream().collect(Collectors.toMap(StartedContainer::container, _ -> log));
  }

  private static ContainerLogs nothing() {
    return (_, _) -> Map.of();
  }

  private Walk preparing() {
    return new Walk(build).reconcile().start("hello-1-worker");
  }

  private Walk failedStage() {
    var walk = Walk.prepared(build, PLAN).start(STAGE).fail(STAGE, Phase.STAGE, FAILURE);
    walk.cluster().log(STAGE, "[builder 2/2] RUN make\nrequested\n");
    return walk;
  }

  private static List<String> tail(Observation observed) {
    return observed
        .logs()
        .tail(STAGE, PodContainer.MAIN)
        .map(log -> log.tail(FAILURE))
        .orElse(List.of());
  }

  @Test
  void planIsKnownBeforePrepareEnds() {
    var observed = observe(preparing(), followed(ContainerLog.of(PLAN_LINE, false)));

    assertThat(observed.plan())
        .isInstanceOfSatisfying(
            PlanLookup.Printed.class,
            printed -> {
              assertThat(printed.plan()).isEqualTo(PLAN);
              assertThat(printed.digest())
                  .isEqualTo(Digest.of(printed.json().getBytes(StandardCharsets.UTF_8)));
            });
  }

  @Test
  void planIsUnknownWhileNoStreamDeliversIt() {
    var walk = preparing();
    walk.cluster().log(PREPARE, PLAN_LINE);

    assertThat(observe(walk, nothing()).plan()).isInstanceOf(PlanLookup.Unknown.class);
  }

  @Test
  void logOfPrepareIsRequestedAfterItsEndIfNoStreamDeliveredThePlan() {
    var walk = preparing().completePreparePod(PREPARE, PLAN);

    assertThat(observe(walk, nothing()).plan()).isInstanceOf(PlanLookup.Printed.class);
  }

  @Test
  void planOfAFailedPrepareDoesNotCount() {
    var walk = preparing().fail(PREPARE, Phase.PREPARE, FAILURE);

    var observed = observe(walk, followed(ContainerLog.of(PLAN_LINE, false)));

    assertThat(observed.plan()).isInstanceOf(PlanLookup.Unknown.class);
    assertThat(observed.logs().worker("hello-1-worker", PodContainer.PREPARE))
        .flatMap(ContainerLog.WorkerLog::plan)
        .isPresent();
  }

  @Test
  void onlyThePlanCountsWhoseDigestPrepareHasReported() {
    var other = Json.write(new Termination.Prepared(Digest.of(new byte[1])));
    var walk = preparing().end(PREPARE, 0, "Completed", other);
    walk.cluster().log(PREPARE, PLAN_LINE);

    var observed = observe(walk, followed(ContainerLog.of(PLAN_LINE, false)));

    assertThat(observed.plan()).isInstanceOf(PlanLookup.Missing.class);
  }

  @Test
  void storedPlanHasTheDigestThatPrepareReported() {
    var walk = Walk.prepared(build, PLAN);

    var observed = observe(walk, nothing());

    var reported =
        observed.pods().stream()
            .flatMap(pod -> pod.result(Termination.Prepared.class).stream())
            .map(Termination.Prepared::plan)
            .findFirst();
    assertThat(observed.plan())
        .isInstanceOfSatisfying(
            PlanLookup.Stored.class, stored -> assertThat(reported).contains(stored.digest()));
  }

  @Test
  void tailOfAFailureComesFromACompleteStream() {
    var log = ContainerLog.of("[builder 2/2] RUN make\nfollowed\n", true);

    assertThat(tail(observe(failedStage(), followed(log)))).containsExactly("followed");
  }

  @Test
  void tailOfAFailureComesFromAStreamThatEndsWithTheReportedResult() {
    var result = LogFrame.format(LogFrame.Kind.RESULT, Json.write(new Termination.Failed(FAILURE)));
    var read =
        (ContainerLog.StageLog)
            ContainerLog.of("[builder 2/2] RUN make\nfollowed\n" + result + "\n", true);
    var log = new ContainerLog.StageLog(read.tail(), false, read.hintedResult());

    assertThat(tail(observe(failedStage(), followed(log)))).containsExactly("followed");
  }

  @Test
  void tailOfAFailureIsRequestedIfTheStreamIsIncomplete() {
    var read = ContainerLog.of("[builder 2/2] RUN make\nfollowed\n", true);
    var log = new ContainerLog.StageLog(read.tail(), false, Optional.empty());

    var walk = failedStage();

    assertThat(tail(observe(walk, followed(log)))).containsExactly("requested");
    assertThat(tail(observe(walk, nothing()))).containsExactly("requested");
  }

  @Test
  void streamOfAFailureStandsInForALogThatCannotBeRequested() {
    var walk = failedStage();
    walk.cluster().log(STAGE, new PodLog.Unavailable("connection refused"));
    var read = ContainerLog.of("[builder 2/2] RUN make\nfollowed\n", true);
    var log = new ContainerLog.StageLog(read.tail(), false, Optional.empty());

    assertThat(tail(observe(walk, followed(log)))).containsExactly("followed");
  }
}
