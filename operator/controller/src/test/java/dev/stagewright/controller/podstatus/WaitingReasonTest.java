package dev.stagewright.controller.podstatus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import dev.stagewright.protocol.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaitingReasonTest {
  @ParameterizedTest
  @EnumSource(Known.class)
  void parsesKnownReasons(Known reason) {
    assertThat(WaitingReason.of(reason.name())).isEqualTo(reason);
    assertThat(WaitingReason.inStatus(reason.name())).contains(reason);
  }

  @Test
  void parsesFailureReasonsInStatusOnly() {
    var name = FailureReason.NodeLost.name();

    assertThat(WaitingReason.inStatus(name))
        .contains(new WaitingReason.OfFailure(FailureReason.NodeLost));
    assertThat(WaitingReason.of(name)).isEqualTo(new WaitingReason.Reported(name));
  }

  @ParameterizedTest
  @EnumSource(BuildPhase.class)
  void phasesAreNotWaitingReasons(BuildPhase phase) {
    assertThat(WaitingReason.inStatus(phase.name())).isEmpty();
  }

  @Test
  void keepsReasonsOfKubelet() {
    assertThat(WaitingReason.of("ImagePullBackOff").name()).isEqualTo("ImagePullBackOff");
  }
}
