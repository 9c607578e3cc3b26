package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeaderElectionTest {
  private final AtomicInteger elections = new AtomicInteger();
  private final AtomicInteger losses = new AtomicInteger();

  private LeaderElection leadership(Map<String, String> environment) {
    return new LeaderElection(
        "stagewright", environment, elections::incrementAndGet, losses::incrementAndGet);
  }

  @Test
  void leaseIsInOperatorNamespace() {
    var configuration =
        leadership(Map.of("POD_NAMESPACE", "system", "POD_NAME", "pod-1")).configuration();

    assertThat(configuration.getLeaseNamespace()).hasValue("system");
    assertThat(configuration.getLeaseName()).isEqualTo("stagewright");
    assertThat(configuration.getIdentity()).hasValue("pod-1");
  }

  @Test
  void callsBackWhenLeadershipIsLost() {
    var configuration =
        leadership(Map.of("POD_NAMESPACE", "system", "POD_NAME", "pod-1")).configuration();
    configuration.getLeaderCallbacks().orElseThrow().onStopLeading();

    assertThat(losses).hasValue(1);
    assertThat(configuration.isExitOnStopLeading()).isFalse();
  }

  @Test
  void requiresPodNameAndNamespace() {
    assertThatThrownBy(() -> leadership(Map.of("POD_NAMESPACE", "system")).configuration())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("POD_NAME");
  }
}
