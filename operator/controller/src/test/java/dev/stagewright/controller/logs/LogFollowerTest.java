package dev.stagewright.controller.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.cluster.ContainerReference;
import dev.stagewright.controller.cluster.LogStreams.End;
import dev.stagewright.controller.cluster.LogStreams.Start;
import dev.stagewright.controller.logs.ContainerLog.StageLog;
import dev.stagewright.controller.logs.ContainerLog.WorkerLog;
import dev.stagewright.controller.logs.ContainerLogs.StartedContainer;
import dev.stagewright.controller.metrics.LogMetrics;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.FakeLogStreams;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.LogFrame.Kind;
import dev.stagewright.protocol.Termination;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogFollowerTest {
  private static final ContainerReference PREPARE = container("hello-1-worker", "prepare");
  private static final ContainerReference STAGE = container("hello-1-s0", "main");
  private static final String FRAME =
      LogFrame.format(Kind.PLAN, Json.write(Plans.builderAndTarget()));
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final BuildRun run = BuildRun.of(RunInputs.of(Builds.hello()), Instant.EPOCH);
  private final ManualTimer timer = new ManualTimer();
  private final FakeLogStreams streams = new FakeLogStreams();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<ResourceID> triggered = new ArrayList<>();
  private final LogFollower follower = new LogFollower(streams, new LogMetrics(metrics), timer);

  @BeforeEach
  void start() {
    follower.setEventHandler(event -> triggered.add(event.getRelatedCustomResourceID()));
    follower.start();
  }

  private static ContainerReference container(String pod, String name) {
    return new ContainerReference("team", pod, "uid-of-" + pod, name);
  }

  private Optional<WorkerLog> worker() {
    var started = List.of(new StartedContainer(PREPARE, false, false));
    return Optional.ofNullable(follower.follow(run, started).get(PREPARE))
        .map(WorkerLog.class::cast);
  }

  private StageLog stage() {
    return stage(false);
  }

  private StageLog stage(boolean hasEnded) {
    var started = List.of(new StartedContainer(STAGE, true, hasEnded));
    return (StageLog) Optional.ofNullable(follower.follow(run, started).get(STAGE)).orElseThrow();
  }

  private double reopenings(String reason) {
    return metrics.counter("stagewright.log.reopenings", "reason", reason).count();
  }

  private double open() {
    return metrics.get("stagewright.log.streams").gauge().value();
  }

  @Test
  void planTriggersReconciliationAtOnce() {
    worker();

    streams.last().send("2026-11-21T10:00:00.1Z fetching\n2026-11-21T10:00:00.2Z " + FRAME);
    assertThat(triggered).isEmpty();
    streams.last().send("\n");

    assertThat(triggered).containsExactly(new ResourceID(run.build(), run.namespace()));
    assertThat(worker().flatMap(WorkerLog::plan)).isPresent();
    assertThat(streams.requests()).isEqualTo(1);
  }

  /** The threads of the HTTP client may deliver lines meanwhile, and have locks of their own. */
  @Test
  void streamsAreOpenedAndClosedWithoutALock() {
    streams.meanwhile(stream ->
        CompletableFuture.runAsync(() -> stream.send("2026-11-21T10:00:00.1Z line\n"))
            .orTimeout(60, TimeUnit.SECONDS)
            .join());

    worker();
    var first = streams.last();
    timer.pass(FollowedContainer.SILENCE);
    timer.pass(FollowedContainer.SILENCE);
    follower.onResourceDeleted(Builds.hello());

    assertThat(first.isClosed()).isTrue();
    assertThat(streams.last()).isNotSameAs(first);
    assertThat(streams.last().isClosed()).isTrue();
  }

  @Test
  void wholeLogOfWorkersIsReadAndTheEndOfOthers() {
    worker();
    assertThat(streams.last().start()).isEqualTo(Start.BEGINNING);

    stage();
    assertThat(streams.last().start().tailLines()).isPresent();
  }

  @Test
  void streamThatNeverComesIsRequestedLessAndLessOften() {
    worker();
    for (var i = 0; i < 100; i++) {
      streams.last().end(new End.Refused("400 waiting to start: ContainerCreating"));
      timer.pass(SECOND);
    }

    assertThat(streams.requests()).isBetween(10, 25);
    assertThat(triggered).isEmpty();
    assertThat(worker().flatMap(WorkerLog::plan)).isEmpty();
  }

  @Test
  void streamThatComesLateIsRead() {
    worker();
    streams.last().end(new End.Refused("400 waiting to start: ContainerCreating"));
    timer.pass(Duration.ofMillis(100));
    streams.last().send("2026-11-21T10:00:00.2Z " + FRAME + "\n");

    assertThat(worker().flatMap(WorkerLog::plan)).isPresent();
  }

  @Test
  void brokenStreamContinuesWithTheNextLine() {
    stage();
    streams
        .last()
        .send("2026-11-21T10:00:00.1Z [a 1/2] FROM x\n2026-11-21T10:00:00.2Z one\n2026-11-21T10");
    streams.last().end(new End.Broken("connection reset"));
    timer.pass(SECOND);

    assertThat(streams.last().start().since()).contains(Instant.parse("2026-11-21T10:00:00.2Z"));

    streams
        .last()
        .send(
            """
            2026-11-21T10:00:00.1Z [a 1/2] FROM x
            2026-11-21T10:00:00.2Z one
            2026-11-21T10:00:00.3Z two
            """);

    assertThat(stage().tail().output()).containsExactly("one", "two");
    assertThat(triggered).hasSize(1);
    assertThat(reopenings("broken")).isEqualTo(1);
    assertThat(metrics.counter("stagewright.log.dropped.lines", "reason", "repeated").count())
        .isEqualTo(2);
  }

  @Test
  void lineThatBreaksWithTheStreamIsReadAsAWhole() {
    worker();
    var line = "2026-11-21T10:00:00.1Z " + FRAME + "\n";
    streams.last().send(line.substring(0, 100));
    streams.last().end(new End.Broken("connection reset"));
    timer.pass(SECOND);
    streams.last().send(line);

    assertThat(worker().flatMap(WorkerLog::plan)).isPresent();
  }

  @Test
  void everythingAgainTriggersNothing() {
    worker();
    var line = "2026-11-21T10:00:00.1Z " + FRAME + "\n";
    streams.last().send(line);
    streams.last().end(new End.Completed());
    timer.pass(Duration.ofSeconds(5));
    streams.last().send(line);

    assertThat(streams.requests()).isEqualTo(2);
    assertThat(triggered).hasSize(1);
  }

  @Test
  void planWithAnotherDigestIsIgnored() {
    worker();
    var lie = FRAME.replaceFirst("sha256:[0-9a-f]+", Digest.of(new byte[1]).toString());
    streams.last().send("2026-11-21T10:00:00.1Z " + lie + "\n");

    assertThat(triggered).isEmpty();
    assertThat(worker().flatMap(WorkerLog::plan)).isEmpty();
  }

  @Test
  void streamThatEndsWhileTheContainerRunsIsOpenedAgain() {
    stage();
    streams.last().end(new End.Completed());
    timer.pass(Duration.ofSeconds(3));

    assertThat(streams.requests()).isEqualTo(2);
    assertThat(stage().isComplete()).isFalse();
    assertThat(reopenings("completed")).isEqualTo(1);
  }

  @Test
  void kubeletWithoutWatchesIsPolled() {
    stage();
    for (var i = 0; i < 60; i++) {
      streams.last().send("failed to create fsnotify watcher: too many open files\n");
      streams.last().end(new End.Completed());
      timer.pass(SECOND);
    }

    assertThat(streams.requests()).isBetween(5, 20);
    assertThat(stage().tail().output()).isEmpty();
  }

  @Test
  void logIsCompleteIfItsStreamOutlivesTheContainer() {
    stage();
    streams.last().send("2026-11-21T10:00:00.1Z no rule to make target\n");

    assertThat(stage(true).isComplete()).isFalse();

    streams.last().send("2026-11-21T10:00:00.2Z last words\n");
    streams.last().end(new End.Completed());
    timer.pass(Duration.ofMinutes(1));

    assertThat(stage(true).isComplete()).isTrue();
    assertThat(stage(true).tail().output()).containsExactly("no rule to make target", "last words");
    assertThat(streams.requests()).isEqualTo(1);
  }

  @Test
  void logIsIncompleteIfItsStreamEndedBeforeTheContainer() {
    stage();
    streams.last().end(new End.Completed());

    assertThat(stage(true).isComplete()).isFalse();

    timer.pass(Duration.ofMinutes(1));
    assertThat(streams.requests()).isEqualTo(1);
  }

  @Test
  void streamIsNotOpenedForAContainerThatHasEnded() {
    var started = List.of(new StartedContainer(STAGE, true, true));

    assertThat(follower.follow(run, started)).isEmpty();
    assertThat(streams.requests()).isZero();
  }

  @Test
  void stepsTriggerOneReconciliationASecond() {
    stage();
    for (var i = 0; i < 50; i++) {
      streams.last().send("2026-11-21T10:00:00.%02dZ [a %d/99] RUN x\n".formatted(i, i + 1));
      timer.pass(Duration.ofMillis(50));
    }
    timer.pass(SECOND);

    assertThat(triggered).hasSize(4);
    assertThat(stage().tail().step()).contains("50/99 RUN x");
  }

  @Test
  void resultsDoNotWaitForTheSecondToPass() {
    var both =
        List.of(
            new StartedContainer(STAGE, true, false), new StartedContainer(PREPARE, false, false));
    stage();
    streams.last().send("2026-11-21T10:00:00Z [a 1/2] FROM x\n");
    follower.follow(run, both);
    var result = LogFrame.format(Kind.RESULT, Json.write(new Termination.Skipped()));
    streams.last().send("2026-11-21T10:00:00.1Z " + result + "\n");

    assertThat(triggered).hasSize(2);
  }

  @Test
  void commandThatPrintsResultsTriggersNoMoreThanSteps() {
    stage();
    var result = LogFrame.format(Kind.RESULT, Json.write(new Termination.Skipped()));
    for (var i = 0; i < 50; i++) {
      streams.last().send("2026-11-21T10:00:00.%02dZ %s\n".formatted(i, result));
    }

    assertThat(triggered).hasSize(1);
  }

  @Test
  void silentStreamIsReplaced() {
    stage();
    streams.last().send("2026-11-21T10:00:00.1Z [a 1/2] FROM x\n");
    var lost = streams.last();
    timer.pass(FollowedContainer.SILENCE.multipliedBy(2));

    assertThat(lost.isClosed()).isTrue();
    assertThat(streams.requests()).isEqualTo(2);
    assertThat(reopenings("silent")).isEqualTo(1);

    lost.send("2026-11-21T10:00:01Z [a 2/2] RUN late\n");
    assertThat(stage().tail().step()).contains("1/2 FROM x");
  }

  @Test
  void stageThatPrintsWithoutEndIsReadInParts() {
    stage();
    var mebibyte = "x".repeat(1024 * 1024);
    for (var i = 0; i < 5; i++) {
      streams.last().send(mebibyte);
    }

    assertThat(streams.last().isClosed()).isTrue();
    timer.pass(Duration.ofSeconds(10));
    assertThat(streams.requests()).isEqualTo(2);
    assertThat(streams.last().start().tailLines()).isPresent();
    assertThat(reopenings("throttled")).isEqualTo(1);
  }

  @Test
  void endOfTheRunClosesItsStreams() {
    stage();
    streams.last().send("2026-11-21T10:00:00.1Z [a 1/2] FROM x\n");
    assertThat(open()).isEqualTo(1);

    assertThat(follower.follow(run, List.of())).isEmpty();

    assertThat(streams.last().isClosed()).isTrue();
    assertThat(open()).isZero();
    assertThat(stage().tail().step()).isEmpty();
  }

  @Test
  void replacedPodIsAnotherContainer() {
    stage();
    var before = streams.last();
    before.send("2026-11-21T10:00:00.1Z [a 1/2] FROM x\n");
    var replaced = new ContainerReference("team", STAGE.pod(), "another-uid", "main");

    var logs = follower.follow(run, List.of(new StartedContainer(replaced, true, false)));

    assertThat(before.isClosed()).isTrue();
    assertThat(logs.get(replaced)).extracting(log -> log.tail().step()).isEqualTo(Optional.empty());
  }

  @Test
  void deletedBuildIsForgotten() {
    stage();
    follower.onResourceDeleted(Builds.hello());

    assertThat(streams.last().isClosed()).isTrue();
  }

  @Test
  void stopClosesAllStreamsForGood() {
    stage();
    var stream = streams.last();
    follower.stop();
    stream.end(new End.Broken("closed"));
    timer.pass(Duration.ofMinutes(10));
    follower.follow(run, List.of(new StartedContainer(STAGE, true, false)));

    assertThat(stream.isClosed()).isTrue();
    assertThat(streams.isClosed()).isTrue();
    assertThat(streams.requests()).isEqualTo(1);
    assertThat(open()).isZero();
  }
}
