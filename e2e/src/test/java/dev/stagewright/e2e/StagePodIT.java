package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mounts, credentials, and privileges of the Pod of a stage. */
@ExtendWith(StagewrightExtension.class)
class StagePodIT {
  private static final String DOCKERFILE =
      """
      FROM busybox AS builder
      COPY text /text
      RUN cat /text > /copy
      FROM debian
      COPY --from=builder /copy /copy
      RUN ["/bin/cat", "/copy"]
      FROM scratch
      COPY --from=1 /copy /copy
      """;

  private static final String PROBE =
      """
      FROM debian
      RUN ls /var/run/secrets 2>&1; env; grep CapEff /proc/self/status; \\
          grep -o '/dev/stagewright/[^ ]* [^ ]* [^ ]*' /proc/self/mounts; true
      RUN ! touch /dev/stagewright/runtime/x && ls -A /dev/stagewright/inner
      RUN find / -path /proc -prune -o -type f -perm /6000 -exec chmod a-s {} +
      """;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void injectsRuntimeByVolumeOrInitContainer(boolean init, TestNamespace namespace) {
    var environment = namespace.environment();
    var operator = init ? environment.operatorWithInitContainer() : environment.operator();

    var build =
        namespace
            .build(operator, "runtime", Specs.inline(DOCKERFILE, Map.of("text", "hello")))
            .awaitSuccess();

    assertThat(build.image().paths()).containsExactly("copy");
    var builder = pod(namespace, build.stage("builder").text("pod"));
    assertThat(builder.getSpec().getInitContainers()).hasSize(init ? 1 : 0);
    assertThat(builder.getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().equals("runtime") && volume.getImage() != null)
        .hasSize(init ? 0 : 1);
  }

  @Test
  void hasNoTokenCredentialsOrPrivileges(TestNamespace namespace) {
    var build =
        namespace
            .build("probe", "sandbox: inPlace\n" + Specs.inline(PROBE, Map.of("text", "hello")))
            .awaitSuccess();

    var pod = pod(namespace, build.stages().getFirst().text("pod"));
    var log = namespace.log(pod.getMetadata().getName());
    assertThat(log).doesNotContain("KUBERNETES_", "serviceaccount", "registry");
    assertThat(log).contains("CapEff:\t00000000a80425fb");
    assertThat(log).contains("/dev/stagewright/runtime").doesNotContain("/inner/private");
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSpec().getVolumes()).allSatisfy(v -> assertThat(v.getSecret()).isNull());
    var context = pod.getSpec().getContainers().getFirst().getSecurityContext();
    assertThat(context.getPrivileged()).isNull();
    assertThat(context.getCapabilities()).isNull();
  }

  @Test
  void waitsAtInstructionThatNeedsOtherStage(TestNamespace namespace) {
    var build =
        namespace
            .inline(
                "overlap",
                """
                FROM busybox AS slow
                RUN --mount=type=cache,target=/both \\
                    until test -e /both/early; do sleep 0.2; done; echo overlapped > /slow
                FROM busybox
                RUN --mount=type=cache,target=/both touch /both/early
                COPY --from=slow /slow /slow
                CMD ["cat", "/slow"]
                """,
                Map.of())
            .awaitSuccess();

    assertThat(namespace.run("run", build.image().reference()).log()).isEqualTo("overlapped\n");
  }

  private static Pod pod(TestNamespace namespace, String name) {
    return namespace.client().pods().inNamespace(namespace.name()).withName(name).require();
  }
}
