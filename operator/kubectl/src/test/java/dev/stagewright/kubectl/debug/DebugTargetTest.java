package dev.stagewright.kubectl.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.support.TestBuilds;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DebugTargetTest {
  private static final String STAGES =
      """
      phase: Failed
      stages:
        - {id: s0, name: base, base: b, phase: Succeeded, pod: hello-1-s0}
        - {id: s1, name: test, base: b, phase: Failed, pod: hello-1-s1}
        - {id: s2, name: lint, base: b, phase: Failed, pod: hello-1-s2}
        - {id: s3, name: files, base: scratch, phase: Succeeded, runsIn: Worker, pod: hello-1-worker}
        - {id: s4, name: known, base: b, phase: Succeeded, cached: All}
        - {id: s5, name: later, base: b, phase: Cancelled}
      """;

  private static DebugTarget select(String status, String... name) throws NotFoundException {
    return DebugTarget.select(
        TestBuilds.hello(status), Optional.of(name).filter(it -> it.length > 0).map(it -> it[0]));
  }

  @Test
  void isTheStageOfTheFailure() throws Exception {
    var target =
        select(STAGES + "failure: {reason: RunFailed, stage: lint, line: 7, message: exit code 1}");

    assertThat(target.pod()).isEqualTo("hello-1-s2");
    assertThat(target.failure()).isPresent();
  }

  @Test
  void isAStageThatFailedOrRuns() throws Exception {
    assertThat(select(STAGES).pod()).isEqualTo("hello-1-s1");
    assertThat(
            select("phase: Building\nstages: [{id: s0, name: a, base: b, phase: Running, pod: p}]")
                .pod())
        .isEqualTo("p");
  }

  @Test
  void isTheStageWithTheName() throws Exception {
    assertThat(select(STAGES, "base").pod()).isEqualTo("hello-1-s0");
    assertThat(select(STAGES, "s2").pod()).isEqualTo("hello-1-s2");
  }

  @Test
  void mustHaveAPod() {
    assertThatThrownBy(() -> select(STAGES, "files"))
        .hasMessage("stage files has no Pod: it only copies files, in the worker Pod");
    assertThatThrownBy(() -> select(STAGES, "known"))
        .hasMessage("stage known has no Pod: it did not run, because all its steps are cached");
    assertThatThrownBy(() -> select(STAGES, "later"))
        .hasMessage("stage later has no Pod: it has not started");
  }

  @Test
  void mustExist() {
    assertThatThrownBy(() -> select(STAGES, "x"))
        .hasMessage(
            "ImageBuild hello has no stage x; it has base, test, lint, files, known, later");
    assertThatThrownBy(() -> select("phase: Preparing"))
        .hasMessage("ImageBuild hello has no stages yet");
    assertThatThrownBy(() ->
            select("phase: Succeeded\nstages: [{id: s0, name: a, base: b, phase: Succeeded}]"))
        .hasMessage("no stage of hello has failed or runs; name one of a");
  }
}
