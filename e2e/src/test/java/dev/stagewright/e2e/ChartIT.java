package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of a release: published, installed, upgraded, rolled back, and uninstalled. */
@ExtendWith(StagewrightExtension.class)
class ChartIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(6);
  private static final int BUILDS = 10;

  /** All builds and both replicas fit on one small node. */
  private static final String SMALL =
      """
      podTemplate:
        spec:
          containers: [{name: main, resources: {requests: {cpu: 10m, memory: 16Mi}}}]
      """;

  @Test
  void releaseOutlivesUpgradeAndRollbackWithBuildsInFlight(
      Environment environment, TestNamespace namespace) throws Exception {
    var release = Release.publish(environment, "0.1.0-" + namespace.name());
    assertThat(
            release.verify(
                "openssl dgst -sha256 -verify stagewright.pub"
                    + " -signature <(base64 -d SHA256SUMS.sig) SHA256SUMS && sha256sum -c SHA256SUMS"))
        .contains("Verified OK", "stagewright-" + release.version() + ".tgz: OK");
    assertThat(release.verify("kubectl create --dry-run=client -o name -f install.yaml"))
        .contains("deployment.apps/stagewright", "customresourcedefinition")
        .doesNotContain("pod/");

    try (var operator = Operator.install(environment, namespace, release)) {
      assertThat(operator.helm("test", operator.name())).contains("Succeeded");

      var builds =
          IntStream.range(0, BUILDS)
              .mapToObj(number -> build(operator, namespace, number))
              .toList();
      IntStream.range(0, BUILDS).forEach(number -> latch(namespace, number).awaitArrival());

      operator.upgrade(release, "replicas=2", "config.logFormat=json");
      assertThat(operator.get("deployment", "{.items[*].status.readyReplicas}")).isEqualTo("2");
      release(namespace, builds.subList(0, BUILDS / 2), 0);
      assertThat(operator.jsonLogFields())
          .anySatisfy(fields -> assertThat(fields).contains("build", "namespace", "run", "stage"));

      operator.helm("rollback", operator.name(), "1", "--wait", "--timeout=300s");
      release(namespace, builds.subList(BUILDS / 2, BUILDS), BUILDS / 2);
      for (var build : builds) {
        assertThat(build.get("attempts")).contains(Map.of("worker", 1, "s0", 1));
      }
    }
    assertThat(
            environment
                .tools()
                .output(TIMEOUT, "kubectl", "get", "crd", "imagebuilds.stagewright.dev", "-oname"))
        .contains("imagebuilds.stagewright.dev");
    assertThat(
            namespace
                .client()
                .genericKubernetesResources(Build.API_VERSION, Build.KIND)
                .inNamespace(namespace.name())
                .list()
                .getItems())
        .as("uninstalling keeps ImageBuilds")
        .hasSize(BUILDS);
  }

  @Test
  void networkPoliciesHaveTheAddressesOfTheApiServer(Environment environment) {
    var chart = LocalCluster.repository().resolve("charts/stagewright").toString();
    var line =
        List.of(
            "helm",
            "template",
            chart,
            "--set=networkPolicy.enabled=true",
            "--set=networkPolicy.builds.namespaces[0]=team");
    var without = environment.tools().run(TIMEOUT, line);
    assertThat(without.exitCode()).isNotZero();
    assertThat(without.output()).contains("networkPolicy.apiServer.cidrs must contain");

    var withCluster = new ArrayList<>(line);
    withCluster.add("--dry-run=server");
    var rendered = environment.tools().output(TIMEOUT, withCluster.toArray(String[]::new));
    assertThat(rendered.substring(rendered.indexOf("-builds")))
        .contains("- 10.96.0.1/32", "- " + environment.host() + "/32");
  }

  private static Build build(Operator operator, TestNamespace namespace, int number) {
    return namespace.build(
        operator,
        "build-" + number,
        SMALL
            + Specs.inline(
                "FROM busybox\nRUN " + latch(namespace, number).command() + "\n", Map.of()));
  }

  private static Latches.Latch latch(TestNamespace namespace, int number) {
    return namespace.latch(Integer.toString(number));
  }

  private static void release(TestNamespace namespace, List<Build> builds, int first) {
    IntStream.range(first, first + builds.size())
        .forEach(number -> latch(namespace, number).release());
    builds.forEach(Build::awaitSuccess);
  }

  /**
   * The operator of a release that watches only the namespace of the test, in a namespace that
   * enforces Pod Security "restricted".
   */
  private record Operator(Environment environment, String name) implements Installation {
    static Operator install(Environment environment, TestNamespace namespace, Release release) {
      var operator = new Operator(environment, "e2e-c-" + Environment.randomId());
      operator.kubectl("create", "namespace", operator.name());
      operator.kubectl(
          "label", "namespace", operator.name(), "pod-security.kubernetes.io/enforce=restricted");
      operator.helm(
          "install",
          operator.name(),
          release.chart(),
          "--version=" + release.version(),
          "--plain-http",
          "--skip-crds",
          "--wait",
          "--timeout=300s",
          "--set=fullnameOverride=" + operator.name(),
          "--set=config.operatorName=" + operator.name(),
          "--set=config.watchNamespaces[0]=" + namespace.name(),
          "--set=config.registries[0].host=" + environment.registry(),
          "--set=config.registries[0].plainHttp=true",
          "--set=config.registries[1].host=docker.io",
          "--set=config.registries[1].mirror=" + environment.registry());
      return operator;
    }

    void upgrade(Release release, String... values) {
      var arguments =
          new ArrayList<>(
              List.of(
                  "upgrade",
                  name,
                  release.chart(),
                  "--version=" + release.version(),
                  "--plain-http",
                  "--reset-then-reuse-values",
                  "--wait",
                  "--timeout=300s"));
      Stream.of(values).forEach(value -> arguments.add("--set=" + value));
      helm(arguments.toArray(String[]::new));
    }

    String helm(String... arguments) {
      return run("helm", arguments);
    }

    String kubectl(String... arguments) {
      return run("kubectl", arguments);
    }

    private String run(String program, String... arguments) {
      var line = new ArrayList<>(List.of(program));
      line.addAll(List.of(arguments));
      if (program.equals("helm")) {
        line.add("--namespace=" + name);
      }
      return environment.tools().output(TIMEOUT, line.toArray(String[]::new));
    }

    List<String> pods() {
      return kubectl(
              "get", "pods", "-n", name, "-l", "app.kubernetes.io/instance=" + name, "-oname")
          .lines()
          .toList();
    }

    String get(String kind, String path) {
      return kubectl("get", kind, "-n", name, "-o", "jsonpath=" + path);
    }

    /** The names of the fields of each line of the logs. */
    List<List<String>> jsonLogFields() throws Exception {
      var lines = new ArrayList<List<String>>();
      for (var pod : pods()) {
        for (var line : kubectl("logs", "-n", name, pod).lines().toList()) {
          if (line.startsWith("{")) {
            lines.add(
                new ObjectMapper()
                    .readTree(line).properties().stream().map(field -> field.getKey()).toList());
          }
        }
      }
      return lines;
    }

    @Override
    public String operatorName() {
      return name;
    }

    @Override
    public String namespace() {
      return name;
    }

    @Override
    public void close() {
      helm("uninstall", name, "--ignore-not-found", "--wait");
      assertThat(kubectl("get", "clusterrole,clusterrolebinding", "-oname")).doesNotContain(name);
      kubectl("delete", "namespace", name, "--wait=false");
    }
  }
}
