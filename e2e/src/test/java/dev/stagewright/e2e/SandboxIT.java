package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox of stages, and the sandbox in the status. */
@ExtendWith(StagewrightExtension.class)
class SandboxIT {
  private static final String SOURCE =
      Specs.inline(
          "FROM busybox\nRUN cat /proc/self/uid_map > /ids && echo x > /etc/motd\n", Map.of());

  @ParameterizedTest
  @ValueSource(strings = {"inPlace", "userNamespace"})
  void usesRequestedSandbox(String sandbox, TestNamespace namespace) {
    var build = namespace.build("asked", "sandbox: " + sandbox + "\n" + SOURCE).awaitSuccess();

    assertThat(build.text("sandbox", "kind")).isEqualTo(sandbox);
    assertThat(build.text("sandbox", "reason")).isEqualTo("Requested");
    assertThat(build.stages().getFirst().text("sandbox")).isEqualTo(sandbox);
    var ids = namespace.run("ids", build.image().reference(), "cat", "/ids").log();
    var isNodes = ids.strip().split("\\s+", -1)[1].equals("0");
    assertThat(isNodes).isEqualTo(sandbox.equals("inPlace"));
  }

  @Test
  void autoIsInPlaceWithBaselineSecurity(TestNamespace namespace) {
    namespace.enforce("baseline");

    var build = namespace.build("auto", "sandbox: auto\n" + SOURCE).awaitSuccess();

    assertThat(build.text("sandbox", "kind")).isEqualTo("inPlace");
    assertThat(build.text("sandbox", "message")).contains("PodSecurity", "baseline");
    assertThat(build.stages().getFirst().text("sandbox")).isEqualTo("inPlace");
  }

  @Test
  void failsIfUserNamespaceIsForbidden(TestNamespace namespace) {
    namespace.enforce("baseline");

    var build = namespace.build("asked", "sandbox: userNamespace\n" + SOURCE).awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("SandboxUnavailable");
    assertThat(build.text("failure", "message")).contains("PodSecurity", "spec.sandbox");
  }
}
