package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ImageBuild API as the API server sees it. */
@ExtendWith(StagewrightExtension.class)
class ApiIT {
  @ParameterizedTest(name = "{0} is refused: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "source: {} | exactly one",
        "source: {inline: {dockerfile: FROM x}, configMap: {name: y}} | exactly one",
        "source: {git: {url: 'ftp://x/y'}} | url",
        "source: {configMap: {}} | name",
        "'source: {inline: {dockerfile: FROM x}}\ntimeout: soon' | timeout",
        "'source: {inline: {dockerfile: FROM x}}\nworkspace: {size: big}' | size",
        "'source: {inline: {dockerfile: FROM x}}\nworkspace: {accessMode: Any}' | accessMode",
      })
  void aMalformedSpecIsRefusedWithTheFieldsName(
      String spec, String message, TestNamespace namespace) {
    assertThatThrownBy(() -> namespace.build("bad", spec))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(message);
  }

  @Test
  void defaultsAreFilledInByTheApiServer(TestNamespace namespace) {
    var build = namespace.inline("defaults", "FROM busybox\n", Map.of());

    var spec = build.resource().getAdditionalProperties().get("spec");
    assertThat(spec).asString().contains("size=10Gi", "accessMode=ReadWriteOnce", "timeout=1h");
  }

  @Test
  void kubectlShowsWhatMatters(TestNamespace namespace) {
    namespace.inline("shown", "FROM busybox\n", Map.of()).awaitSuccess();

    var kubectl = namespace.environment().tools();
    var table =
        kubectl.output(Duration.ofMinutes(1), "kubectl", "-n", namespace.name(), "get", "ib");

    assertThat(table.lines().toList().getFirst()).contains("NAME", "PHASE", "IMAGE", "AGE");
    assertThat(table).contains("shown", "Succeeded");
    assertThat(
            kubectl.output(
                Duration.ofMinutes(1),
                "kubectl",
                "-n",
                namespace.name(),
                "wait",
                "ib/shown",
                "--for=condition=Ready"))
        .contains("condition met");
    assertThat(
            kubectl.output(
                Duration.ofMinutes(1), "kubectl", "explain", "imagebuild.spec.source.git.revision"))
        .contains("DESCRIPTION");
  }

  @Test
  void theOperatorMayNotReadSecrets(Environment environment) {
    var operator = environment.operator();
    var account =
        "system:serviceaccount:" + operator.namespace() + ":stagewright-" + operator.operatorName();
    for (var verb : List.of("get", "list", "watch", "create")) {
      var answer =
          environment
              .tools()
              .run(
                  Duration.ofMinutes(1),
                  List.of(
                      "kubectl",
                      "auth",
                      "can-i",
                      verb,
                      "secrets",
                      "--all-namespaces",
                      "--as",
                      account));
      assertThat(answer.output().strip()).endsWith("no");
    }
  }
}
