package dev.stagewright.stage.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxCapabilitiesTest {
  @ParameterizedTest(name = "in the node''s namespace {0}, CAP_SYS_ADMIN {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "false, true,  -,                         false",
        "false, false, the capability SYS_ADMIN,  false",
        "true,  false, hostUsers: false,          false",
        "true,  true,  hostUsers: false,          true"
      })
  void missingPrerequisiteIsReported(
      boolean nodesUsers, boolean sysAdmin, @Nullable String problem, boolean dangerous) {
    var rights = new SandboxCapabilities(nodesUsers, sysAdmin);
    if (problem == null) {
      assertThat(rights.problem()).isEmpty();
    } else {
      assertThat(rights.problem().orElseThrow()).contains(problem);
    }
    assertThat(rights.areDangerous()).isEqualTo(dangerous);
  }
}
