package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The validation, the defaults, and the printer columns of the ImageBuild API in the API server.
 */
@ExtendWith(StagewrightExtension.class)
class ApiIT {
  /** One namespace for all tests of the class, whose objects have different names. */
  @BeforeAll
  static void shareNamespace(TestNamespace namespace) {
    // The parameter creates it.
  }

  @ParameterizedTest(name = "{0} is refused: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "source: {} | exactly one",
        "source: {inline: {dockerfile: FROM x}, configMap: {name: y}} | exactly one",
        "source: {stream: {}, configMap: {name: y}} | exactly one",
        "source: {stream: {timeout: soon}} | spec.source.stream.timeout.*must be a duration",
        "source: {stream: {maxSize: 0}} | spec.source.stream.maxSize.*greater than 0",
        "'source: {stream: {}}\nschedule: {cron: daily}' | schedule cannot be set with source.stream",
        "source: {git: {url: 'ftp://x/y'}} | url",
        "source: {configMap: {}} | name",
        "'source: {inline: {dockerfile: FROM x}}\ntimeout: soon' | timeout",
        "'source: {inline: {dockerfile: FROM x}}\nworkspace: {size: big}' | size",
        "'source: {inline: {dockerfile: FROM x}}\nworkspace: {accessMode: Any}' | accessMode",
        "source: {git: {url: 'git@host:x/y.git'}} | spec.source.git.*an SSH URL requires credentials.*known_hosts",
        "source: {git: {url: 'ssh://git@host/x/y.git'}} | spec.source.git.*an SSH URL requires credentials",
        "source: {git: {url: 'ssh://git:pw@host/x', credentials: {name: s}}} | spec.source.git.url.*without password",
        "source: {git: {url: 'host:x/y.git', credentials: {name: s}}} | spec.source.git.url.*start with a user name",
        "source: {git: {url: 'http://host/x', caBundle: {secret: {name: s}}}} | spec.source.git.*require a URL that starts with https://",
        "source: {git: {url: 'git@host:x', credentials: {name: s}, clientCertificate: {name: t}}} | spec.source.git.*require a URL that starts with https://",
        "source: {git: {url: 'https://h/x', keepGitDir: true, lfs: true}} | spec.source.git.*exclude each other",
        "source: {git: {url: 'https://h/x', verify: {mode: Any, keys: {name: s}}}} | spec.source.git.verify.mode",
        "source: {git: {url: 'https://h/x', verify: {mode: Tag}}} | spec.source.git.verify.keys",
        "source: {git: {url: 'https://jane:pw@host/x'}} | spec.source.git.url.*credentials",
        "source: {git: {url: 'host/x/y.git'}} | spec.source.git.url.*must start with https://",
        "source: {git: {url: 'https://host/x y'}} | spec.source.git.url.*without whitespace",
        "source: {git: {url: 'https://host/x#main'}} | spec.source.git.url.*revision",
        "source: {git: {url: 'https://h/x', keepGitDir: true, directory: web}} | spec.source.git.*remove directory",
        "source: {inline: {dockerfile: ''}} | spec.source.inline.dockerfile.*must not be empty",
        "'source: {inline: {dockerfile: FROM x}}\ntimeout: 90' | spec.timeout.*with a unit",
        "'source: {inline: {dockerfile: FROM x}}\nttlAfterFinished: 1d' | spec.ttlAfterFinished.*with a unit",
        "'source: {inline: {dockerfile: FROM x}}\nworkspace: {size: -1Gi}' | spec.workspace.size.*greater than 0",
        "'source: {inline: {dockerfile: FROM x}}\nssh: [{id: a b, secret: {name: s}}]' | spec.ssh.0..id.*letters",
        "'source: {inline: {dockerfile: FROM x}}\nstages: [{name: a, volumes: [{mountPath: d, secret: {name: s}}]}]' | mountPath.*absolute path",
      })
  void rejectsInvalidSpecWithFieldName(String spec, String message, TestNamespace namespace) {
    assertThatThrownBy(() -> namespace.build("refused", spec))
        .isInstanceOf(KubernetesClientException.class)
        .message()
        .containsPattern(message)
        .doesNotContain("should match");
  }

  @Test
  void rejectsLargeInlineSource(TestNamespace namespace) {
    for (var size : List.of(1_000_001, 1_300_000)) {
      var files = "{a: " + "x".repeat(size) + "}";
      var spec = "source: {inline: {dockerfile: FROM x, files: " + files + "}}";
      assertThatThrownBy(() -> namespace.build("large", spec))
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("spec.source.inline")
          .hasMessageContaining("source.persistentVolumeClaim");
    }
  }

  @Test
  void acceptsNumbersAsQuantities(TestNamespace namespace) {
    var stage = Specs.inline("FROM busybox\n", Map.of()) + "\nstages: [{name: '0', %s}]";
    namespace
        .build(
            "numbers",
            stage.formatted(
                "resources: {requests: {cpu: 0.05, memory: 134217728}},"
                    + " outOfMemoryRetry: {maxMemory: 268435456}"))
        .awaitSuccess();

    var bad = namespace.build("bad", stage.formatted("resources: {limits: {cpu: half}}"));
    assertThat(bad.awaitEnd().text("failure", "message"))
        .contains("spec.stages[0].resources.limits.cpu", "500m, 0.5 or 2", "half");
  }

  @Test
  void setsDefaults(TestNamespace namespace) {
    var build = namespace.inline("defaults", "FROM busybox\n", Map.of());

    var spec = build.resource().getAdditionalProperties().get("spec");
    assertThat(spec).asString().contains("size=10Gi", "accessMode=ReadWriteOnce", "timeout=1h");
  }

  @Test
  void kubectlShowsPhaseAndImage(TestNamespace namespace) {
    namespace.inline("shown", "FROM busybox\n", Map.of()).awaitSuccess();

    var kubectl = namespace.environment().tools();
    var table =
        kubectl.output(
            Duration.ofMinutes(1), "kubectl", "-n", namespace.name(), "get", "ib", "shown");

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
  void operatorCannotReadSecrets(Environment environment) {
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
