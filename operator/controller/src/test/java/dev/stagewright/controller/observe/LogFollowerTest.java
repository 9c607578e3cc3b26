package dev.stagewright.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.FakeCluster;
import dev.stagewright.controller.support.MovableClock;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogFollowerTest {
  private static final String POD = "hello-1-s0";
  private final MovableClock clock = new MovableClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final BuildRun run = BuildRun.of(Builds.hello());
  private final LinkedBlockingQueue<ResourceID> triggered = new LinkedBlockingQueue<>();
  private final LogFollower follower = new LogFollower(new LogTails(cluster), clock);

  @BeforeEach
  void start() {
    follower.setEventHandler(event -> triggered.add(event.getRelatedCustomResourceID()));
    follower.start();
  }

  @AfterEach
  void stop() {
    follower.stop();
  }

  private Map<String, LogTail> follow() {
    return follower.follow(run, Map.of(POD, Instant.EPOCH.plusSeconds(1)));
  }

  private ResourceID triggered() throws InterruptedException {
    return triggered.poll(30, TimeUnit.SECONDS);
  }

  @Test
  void triggersReconciliationWhenStepStarts() throws InterruptedException {
    cluster.log(POD, "[builder 2/3] RUN make\ncc -c a.c\n");

    assertThat(follow()).isEmpty();

    assertThat(triggered()).isEqualTo(new ResourceID(run.build(), run.namespace()));
    assertThat(follow())
        .hasEntrySatisfying(
            POD,
            log -> {
              assertThat(log.step()).contains("2/3 RUN make");
              assertThat(log.output()).containsExactly("cc -c a.c");
            });
  }

  @Test
  void forgetsPodsThatHaveEnded() throws InterruptedException {
    cluster.log(POD, "[builder 2/3] RUN make\n");
    follow();
    triggered();

    assertThat(follower.follow(run, Map.of())).isEmpty();
    assertThat(follow()).isEmpty();
  }

  @Test
  void newStepOrWaitIsDifference() {
    var runningMake = LogTail.of("[builder 2/3] RUN make");
    var laterOutput = LogTail.of("[builder 2/3] RUN make\ncc -c a.c");
    var withoutMarker = LogTail.of("cc -c z.c");
    var waiting = LogTail.of("waiting for stage \"assets\"");

    assertThat(laterOutput.differsFrom(runningMake)).isFalse();
    assertThat(withoutMarker.differsFrom(runningMake)).isFalse();
    assertThat(runningMake.differsFrom(withoutMarker)).isTrue();
    assertThat(waiting.differsFrom(runningMake)).isTrue();
    assertThat(runningMake.differsFrom(waiting)).isTrue();
  }
}
