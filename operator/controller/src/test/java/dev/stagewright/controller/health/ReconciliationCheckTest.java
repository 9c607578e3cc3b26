package dev.stagewright.controller.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconciliationCheckTest {
  private static final ResourceID BUILD = new ResourceID("app", "team");

  private Duration now = Duration.ZERO;
  private final ReconciliationCheck check = new ReconciliationCheck(() -> now);

  @Test
  void namesAReconciliationThatDoesNotEnd() {
    try (var _ = check.begin(BUILD)) {
      now = ReconciliationCheck.MAXIMUM;
      assertThat(check.problem()).isEmpty();
      now = ReconciliationCheck.MAXIMUM.plusSeconds(1);
      assertThat(check.problem().orElseThrow())
          .startsWith("the reconciliation of team/app does not end:\n\tat ")
          .contains("ReconciliationCheckTest");
    }
    assertThat(check.problem()).isEmpty();
  }

  @Test
  void eachReconciliationCountsByItself() {
    for (var i = 0; i < 3; i++) {
      try (var _ = check.begin(BUILD)) {
        now = now.plus(ReconciliationCheck.MAXIMUM);
        assertThat(check.problem()).isEmpty();
      }
    }
  }
}
