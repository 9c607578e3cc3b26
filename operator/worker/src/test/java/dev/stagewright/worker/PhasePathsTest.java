package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhasePathsTest {

  @Test
  void defaultsToMountPaths() {
    var locations = PhasePaths.of(List.of());

    assertThat(locations.request())
        .isEqualTo(Path.of("/dev/stagewright/inner/private/request/request.json"));
    assertThat(locations.plan())
        .isEqualTo(Path.of("/dev/stagewright/inner/private/plan/plan.json"));
    assertThat(locations.workspace())
        .isEqualTo(Path.of("/dev/stagewright/inner/private/workspace"));
    assertThat(locations.source()).isEqualTo(Path.of("/dev/stagewright/inner/private/source"));
    assertThat(locations.git()).isEqualTo(Path.of("/dev/stagewright/inner/private/git"));
    assertThat(locations.registryCredentials())
        .isEqualTo(Path.of("/dev/stagewright/inner/private/registry"));
    assertThat(locations.terminationLog()).isEqualTo(Path.of("/dev/termination-log"));
  }

  @Test
  void readsArguments() {
    assertThat(PhasePaths.of(List.of("--workspace", "/tmp/w", "--plan", "p.json")))
        .satisfies(locations -> {
          assertThat(locations.workspace()).isEqualTo(Path.of("/tmp/w"));
          assertThat(locations.plan()).isEqualTo(Path.of("p.json"));
        });
  }

  @Test
  void prepareAndPublishOfAPodShareADirectory() {
    assertThat(PhasePaths.of(List.of()).attemptDirectory()).isEmpty();
    assertThat(PhasePaths.of(List.of("--workspace", "/w", "--attempt", "2")).attemptDirectory())
        .contains(new AttemptDirectory(Path.of("/w/worker/2")));
  }

  @Test
  void rejectsUnknownArguments() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PhasePaths.of(List.of("--verbose")))
        .withMessage("unknown argument --verbose");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PhasePaths.of(List.of("--plan")))
        .withMessage("--plan requires a value");
  }
}
