package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Builds continue during an outage of the API server. */
@ExtendWith(StagewrightExtension.class)
@Isolated("stops the API server")
class ApiServerOutageIT {
  @Test
  void buildContinuesAfterApiServerOutage(Environment environment, TestNamespace namespace) {
    var made = namespace.latch("made");
    var copied = namespace.latch("copied");
    var build =
        namespace.inline(
            "patient",
            """
            FROM busybox AS maker
            RUN %s && date +%%s > /made
            FROM busybox
            COPY --from=maker /made /
            RUN date +%%s > /copied && %s
            CMD ["cat", "/made", "/copied"]
            """
                .formatted(made.command(), copied.command()),
            Map.of());
    made.awaitArrival();
    build.await(it -> it.hasStage("maker", "Running") && it.hasStage("1", "Running"));
    var pods = namespace.podUids();

    environment.cluster().stopApiServer();
    var gone = Instant.now();
    try {
      made.release();
      copied.awaitArrival();
    } finally {
      copied.release();
      environment.cluster().startApiServer();
    }
    var back = Instant.now();
    build.awaitEnd();

    assertThat(build.phase()).as("%s", build.get("failure")).isEqualTo("Succeeded");
    assertThat(build.get("attempts")).contains(Map.of("worker", 1, "s0", 1, "s1", 1));
    assertThat(namespace.podUids()).containsAllEntriesOf(pods);
    assertThat(namespace.run("run", namespace.image("patient")).log().lines())
        .hasSize(2)
        .allSatisfy(line ->
            assertThat(Instant.ofEpochSecond(Long.parseLong(line)))
                .isBetween(gone.minusSeconds(1), back));
    assertThat(Instant.parse(build.stage("maker").text("completionTime"))).isBefore(back);
    // Events about Pods that wait for a node that is not ready yet do not concern this test.
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
