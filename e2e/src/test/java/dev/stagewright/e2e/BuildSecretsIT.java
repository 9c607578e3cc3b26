package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Secrets and SSH keys are available only to the instructions that use them. */
@ExtendWith(StagewrightExtension.class)
class BuildSecretsIT {
  private static final String VALUE = "s3cr3t-value-of-this-test";
  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: api}
      stringData: {password: %s}
      """
          .formatted(VALUE);
  private static final String SPEC =
      "secrets: [{id: team/token, secret: {name: api, key: password}}]\n";

  @Test
  void mountsSecretOnlyInItsStage(TestNamespace namespace) {
    namespace.apply(SECRET);
    var dockerfile =
        """
        FROM busybox AS other
        RUN ! ls /run/secrets/token && echo none > /other
        FROM busybox
        RUN --mount=type=secret,id=team/token,required wc -c < /run/secrets/token > /length
        COPY --from=other /other /other
        """;

    var build = namespace.build("used", SPEC + Specs.inline(dockerfile, Map.of())).awaitSuccess();

    assertThat(secretsOf(namespace, build.stage("other"))).isEmpty();
    assertThat(secretsOf(namespace, build.stage("1"))).containsExactly("api");
    assertThat(namespace.run("run", build.image().reference(), "cat", "/length").log().strip())
        .isEqualTo(Integer.toString(VALUE.length()));
    assertThat(build.image().paths()).noneMatch(path -> path.startsWith("run/secrets"));
  }

  @Test
  void masksPrintedSecretValues(TestNamespace namespace) {
    namespace.apply(SECRET);
    var dockerfile =
        """
        FROM busybox
        RUN --mount=type=secret,id=team/token,env=TOKEN echo "token: $TOKEN" && exit 7
        """;

    var build = namespace.build("masked", SPEC + Specs.inline(dockerfile, Map.of())).awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("RunFailed");
    assertThat(build.text("failure", "logTail")).contains("token: ");
    assertThat(build.resource().toString()).doesNotContain(VALUE);
    assertThat(namespace.log(build.text("failure", "pod"))).doesNotContain(VALUE);
  }

  @Test
  void waitsForMissingSecret(TestNamespace namespace) {
    var dockerfile =
        "FROM busybox\nRUN --mount=type=secret,id=team/token,required test -s /run/secrets/token\n";
    var build = namespace.build("waits", SPEC + Specs.inline(dockerfile, Map.of()));

    build.await(it ->
        it.stages().stream().anyMatch(stage -> stage.text("reason").equals("SecretNotFound")));
    assertThat(build.stages().getFirst().text("message")).contains("api", "password");
    namespace.apply(SECRET);
    build.awaitSuccess();
  }

  private static List<String> secretsOf(TestNamespace namespace, Build.Stage stage) {
    Pod pod =
        namespace
            .client()
            .pods()
            .inNamespace(namespace.name())
            .withName(stage.text("pod"))
            .require();
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getProjected() != null)
        .flatMap(volume -> volume.getProjected().getSources().stream())
        .filter(source -> source.getSecret() != null)
        .map(source -> source.getSecret().getName())
        .toList();
  }
}
