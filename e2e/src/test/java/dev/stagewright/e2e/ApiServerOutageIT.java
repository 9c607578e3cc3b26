package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Builds go on while nobody can be told. */
@ExtendWith(StagewrightExtension.class)
@Isolated("nobody else can ask the API server meanwhile")
class ApiServerOutageIT {
  private static final Duration OUTAGE = Duration.ofSeconds(60);

  /** Kubernetes takes most of a minute to find its nodes ready, and these to hear of new Pods. */
  private static final Duration CATCHING_UP = Duration.ofMinutes(3);

  @Test
  void stagesDoTheirWorkWhileTheApiServerIsAwayAndTheBuildGoesOnFromThere(
      Environment environment, TestNamespace namespace) {
    var build =
        namespace.inline(
            "patient",
            """
            FROM busybox AS maker
            RUN sleep 20 && date +%s > /made
            FROM busybox
            COPY --from=maker /made /
            RUN sleep 5 && date +%s > /copied
            CMD ["cat", "/made", "/copied"]
            """,
            Map.of());
    build.await(it -> it.hasStage("maker", "Running") && it.hasStage("1", "Running"));
    var pods = namespace.podUids();

    environment.cluster().stopApiServer();
    var gone = Instant.now();
    try {
      LockSupport.parkNanos(OUTAGE.toNanos());
    } finally {
      environment.cluster().startApiServer();
    }
    var back = Instant.now();
    build.awaitEnd(CATCHING_UP);

    assertThat(build.phase()).as("%s", build.get("failure")).isEqualTo("Succeeded");
    assertThat(build.get("attempts"))
        .contains(Map.of("prepare", 1, "check", 1, "s0", 1, "s1", 1, "push", 1));
    assertThat(namespace.podUids()).containsAllEntriesOf(pods);
    assertThat(namespace.run("run", namespace.image("patient")).log().lines())
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(Instant.ofEpochSecond(Long.parseLong(line))).isBetween(gone, back));
    assertThat(Instant.parse(build.stage("1").text("completionTime"))).isBefore(back);
    // What waits for a node that is not ready again yet is told, and is no matter of the build.
    assertThat(build.events().stream().map(event -> event.replaceAll(":.*", "")))
        .filteredOn(reason -> !reason.equals("!Delayed"))
        .containsExactlyInAnyOrder(
            "Started",
            "Prepared",
            "StageStarted",
            "StageStarted",
            "StageSucceeded",
            "StageSucceeded",
            "Built",
            "Succeeded");
  }
}
