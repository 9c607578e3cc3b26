package dev.stagewright.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildPlan.CacheLayers;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.CacheRequest.Mode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which steps have a layer for the cache. */
class CacheLayersTest {
  private final TestPlanner planner = TestPlanner.with("alpine");

  @Test
  void stepsOfOtherStagesHaveALayerIfAllAreRecorded() {
    var plan = plan(cache(Mode.MAX, false));

    assertThat(plan.cacheLayers()).contains(CacheLayers.ALL_BUT_LAST);
    assertThat(plan.layerCount(plan.stage("s0"))).isEqualTo(1);
    assertThat(plan.layerCount(plan.stage("s1"))).isEqualTo(1);
  }

  @Test
  void theyHaveNoneOtherwise() {
    assertThat(plan(cache(Mode.MIN, false)).cacheLayers()).contains(CacheLayers.NONE);
    assertThat(plan(cache(Mode.MAX, true)).cacheLayers()).isEmpty();
    assertThat(plan(Optional.empty()).cacheLayers()).isEmpty();
  }

  private static Optional<CacheRequest> cache(Mode mode, boolean readOnly) {
    return Optional.of(
        new CacheRequest(
            "example.com/cache",
            Optional.empty(),
            Optional.empty(),
            mode,
            readOnly,
            false,
            Optional.empty()));
  }

  private BuildPlan plan(Optional<CacheRequest> cache) {
    return planner.plan(
        """
        FROM alpine AS build
        RUN a
        RUN b
        FROM scratch
        COPY --from=build /a /
        """,
        request -> request.toBuilder().cache(cache).build());
  }
}
