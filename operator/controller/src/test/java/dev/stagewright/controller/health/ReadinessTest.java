package dev.stagewright.controller.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.health.Readiness.Check;
import dev.stagewright.controller.health.Readiness.Report;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final Check FINE = new Check("watches", Optional::empty);
  private static final Check BAD = new Check("crd", () -> Optional.of("it is old"));

  @Test
  void isReadyIfEveryCheckPasses() {
    assertThat(new Readiness(List.of(FINE)).get()).isEqualTo(new Report(true, "[+]watches ok\n"));
  }

  @Test
  void namesTheChecksThatFail() {
    assertThat(new Readiness(List.of(FINE, BAD)).get())
        .isEqualTo(new Report(false, "[+]watches ok\n[-]crd failed: it is old\n"));
  }
}
