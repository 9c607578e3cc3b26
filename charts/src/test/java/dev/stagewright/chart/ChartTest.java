package dev.stagewright.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagewright.controller.config.ConfigLoader;
import dev.stagewright.controller.tracing.TracingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {
  private static final String EVERYTHING =
      """
      replicas: 3
      priorityClassName: high
      podLabels: {team: platform}
      podAnnotations: {a: b}
      extraEnv: [{name: A, value: b}]
      imagePullSecrets: [{name: regcred}]
      nodeSelector: {disk: fast}
      serviceAccount: {annotations: {a: b}}
      config: {watchNamespaces: [a, b]}
      networkPolicy: {enabled: true, apiServer: {cidrs: [10.0.0.1/32]}}
      metrics:
        serviceMonitor: {enabled: true}
        prometheusRule: {enabled: true}
        grafanaDashboard: {enabled: true}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"{}", EVERYTHING, "config: {watchNamespaces: [a]}"})
  void objectsOfAReleaseHaveDifferentNames(String values) {
    var objects = Chart.render(values).all();
    assertThat(
            objects.stream()
                .map(it ->
                    it.path("kind").asText()
                        + it.at("/metadata/namespace").asText()
                        + "/"
                        + it.at("/metadata/name").asText()))
        .doesNotHaveDuplicates();
    assertThat(objects)
        .allSatisfy(it ->
            assertThat(it.at("/metadata/labels").path("app.kubernetes.io/name").asText())
                .isEqualTo("stagewright"));
  }

  @Test
  void releasesHaveDifferentNames() {
    assertThat(names("other")).allSatisfy(name -> assertThat(name).startsWith("other-stagewright"));
    assertThat(names("stagewright-a"))
        .allSatisfy(name -> assertThat(name).startsWith("stagewright-a"));
  }

  private static Stream<String> names(String release) {
    return Chart.parse(Chart.text(release, "{}")).stream()
        .map(object -> object.at("/metadata/name").asText());
  }

  @Test
  void theOperatorReadsItsConfiguration() throws Exception {
    var config =
        Chart.render(
                """
                replicas: 2
                config:
                  operatorName: a
                  registries: [{host: docker.io, mirror: m.example.com/hub, chunkSize: 10Mi}]
                  cache: {maxAge: 72h, mounts: {size: 5Gi}}
                  logFormat: json
                """)
            .only("ConfigMap")
            .at("/data/config.yaml")
            .asText();
    var loaded =
        new ConfigLoader(Map.of())
            .load(
                List.of(
                    "--config",
                    Files.writeString(folder.resolve("config.yaml"), config).toString()));
    assertThat(loaded.leaseName()).isEqualTo("stagewright");
    assertThat(loaded.operatorName()).isEqualTo("a");
    assertThat(loaded.registries()).hasSize(1);
    assertThat(loaded.cache().mounts()).isPresent();
  }

  @Test
  void defaultsOfTheChartAreThoseOfTheOperator() throws Exception {
    var config = Chart.render("{}").only("ConfigMap").at("/data/config.yaml").asText();
    var file = Files.writeString(folder.resolve("config.yaml"), config).toString();
    assertThat(new ConfigLoader(Map.of()).load(List.of("--config", file)))
        .isEqualTo(new ConfigLoader(Map.of()).load(List.of()));
  }

  @Test
  void theOperatorSeesAllNamespacesByDefault() {
    var objects = Chart.render("{}");
    assertThat(verbs(objects.named("ClusterRole", "stagewright"), "pods")).contains("create");
    assertThat(objects.namespaces("Role")).containsExactly("stagewright-system");
  }

  @Test
  void aNamespacedOperatorSeesOnlyItsNamespaces() {
    var objects = Chart.render("config: {watchNamespaces: [a, b]}");
    var cluster = objects.named("ClusterRole", "stagewright");
    assertThat(cluster.at("/rules")).hasSize(1);
    assertThat(verbs(cluster, "nodes")).containsExactly("get", "list");
    assertThat(objects.namespaces("Role"))
        .containsExactlyInAnyOrder("a", "b", "stagewright-system");
    assertThat(objects.namespaces("RoleBinding"))
        .containsExactlyInAnyOrder("a", "b", "stagewright-system");
  }

  @Test
  void rolesOfAnAdministratorAreBoundByHim() {
    var objects =
        Chart.render(
            "{rbac: {create: false, userRoles: false}, serviceAccount: {create: false, name:"
                + " mine}}");
    assertThat(objects.all().stream().map(it -> it.path("kind").asText()))
        .doesNotContain(
            "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ServiceAccount");
    assertThat(objects.operatorPod().path("serviceAccountName").asText()).isEqualTo("mine");
  }

  private static List<String> verbs(JsonNode role, String resource) {
    return list(role.path("rules"))
        .filter(rule -> list(rule.path("resources")).anyMatch(it -> it.asText().equals(resource)))
        .flatMap(rule -> list(rule.path("verbs")))
        .map(JsonNode::asText)
        .toList();
  }

  @Test
  void oneReplicaLeavesADeadNodeAfterHalfAMinute() {
    assertThat(list(Chart.render("{}").operatorPod().path("tolerations")))
        .extracting(
            it -> it.path("key").asText(),
            it -> it.path("effect").asText(),
            it -> it.path("tolerationSeconds").asInt())
        .containsExactly(
            tuple("node.kubernetes.io/not-ready", "NoExecute", 30),
            tuple("node.kubernetes.io/unreachable", "NoExecute", 30));
  }

  @Test
  void ownTolerationsAreAdded() {
    var pod = Chart.render("{nodeFailureSeconds: 5, tolerations: [{key: a, operator: Exists}]}");
    assertThat(pod.operatorPod().path("tolerations")).hasSize(3);
    assertThat(pod.operatorPod().at("/tolerations/1/tolerationSeconds").asInt()).isEqualTo(5);
    assertThat(pod.operatorPod().at("/tolerations/2/key").asText()).isEqualTo("a");
  }

  @Test
  void oneReplicaHasNothingOfHighAvailability() {
    var objects = Chart.render("{}");
    assertThat(objects.of("PodDisruptionBudget")).isEmpty();
    assertThat(objects.operatorPod().has("topologySpreadConstraints")).isFalse();
    assertThat(objects.only("Deployment").at("/spec/strategy/rollingUpdate/maxSurge").asInt())
        .as("no second leader beside the first one")
        .isZero();
  }

  @Test
  void replicasAreSpreadAndNotEvictedTogether() {
    var objects = Chart.render("replicas: 2");
    var selector = objects.only("Deployment").at("/spec/selector/matchLabels");
    var budget = objects.only("PodDisruptionBudget");
    assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
    assertThat(budget.at("/spec/selector/matchLabels")).isEqualTo(selector);
    var spread = objects.operatorPod().at("/topologySpreadConstraints/0");
    assertThat(spread.path("topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
    assertThat(spread.path("whenUnsatisfiable").asText()).isEqualTo("ScheduleAnyway");
    assertThat(spread.at("/labelSelector/matchLabels")).isEqualTo(selector);
    assertThat(Chart.render("{replicas: 2, podDisruptionBudget: {enabled: false}}").all())
        .noneMatch(it -> it.path("kind").asText().equals("PodDisruptionBudget"));
  }

  @Test
  void ownSpreadConstraintsSelectTheOperator() {
    var pod =
        Chart.render(
                "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable:"
                    + " DoNotSchedule}]")
            .operatorPod();
    assertThat(pod.at("/topologySpreadConstraints")).hasSize(1);
    assertThat(pod.at("/topologySpreadConstraints/0/labelSelector/matchLabels")).isNotEmpty();
  }

  /** The rules of the Pod Security standard "restricted". */
  @Test
  void theOperatorIsRestricted() {
    for (var values : List.of("{}", EVERYTHING)) {
      var pod = Chart.render(values).operatorPod();
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      var container = pod.at("/containers/0/securityContext");
      assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
      assertThat(pod.path("hostNetwork").isMissingNode()).isTrue();
      assertThat(list(pod.path("volumes")))
          .allMatch(volume -> volume.has("configMap") || volume.has("emptyDir"));
    }
  }

  @Test
  void everySettingOfThePodIsUsed() {
    var objects = Chart.render(EVERYTHING);
    var template = objects.only("Deployment").at("/spec/template");
    assertThat(template.at("/metadata/labels/team").asText()).isEqualTo("platform");
    assertThat(template.at("/metadata/annotations/a").asText()).isEqualTo("b");
    var pod = objects.operatorPod();
    assertThat(pod.path("priorityClassName").asText()).isEqualTo("high");
    assertThat(pod.at("/imagePullSecrets/0/name").asText()).isEqualTo("regcred");
    assertThat(pod.at("/nodeSelector/disk").asText()).isEqualTo("fast");
    assertThat(list(pod.at("/containers/0/env")).map(it -> it.path("name").asText())).contains("A");
    assertThat(objects.only("ServiceAccount").at("/metadata/annotations/a").asText())
        .isEqualTo("b");
  }

  @Test
  void aChangedConfigurationRestartsTheOperator() {
    assertThat(checksum("{}")).isNotEqualTo(checksum("config: {logLevel: debug}"));
    assertThat(checksum("{}")).isEqualTo(checksum("podLabels: {a: b}"));
  }

  private static String checksum(String values) {
    return Chart.render(values)
        .only("Deployment")
        .at("/spec/template/metadata/annotations/checksum~1config")
        .asText();
  }

  @Test
  void theDigestTakesPrecedence() {
    var digest = "sha256:" + "0".repeat(64);
    assertThat(image("image: {repository: r/i, tag: v1}")).isEqualTo("r/i:v1");
    assertThat(image("image: {repository: r/i, tag: v1, digest: '" + digest + "'}"))
        .isEqualTo("r/i@" + digest);
  }

  private static String image(String values) {
    return Chart.render(values).operatorPod().at("/containers/0/image").asText();
  }

  @Test
  void monitoringIsOffByDefault() throws Exception {
    assertThat(Chart.render("{}").all().stream().map(it -> it.path("apiVersion").asText()))
        .doesNotContain("monitoring.coreos.com/v1");
    var objects = Chart.render(EVERYTHING);
    var monitor = objects.only("ServiceMonitor");
    var service = objects.only("Service");
    assertThat(service.at("/metadata/labels").properties())
        .containsAll(monitor.at("/spec/selector/matchLabels").properties());
    assertThat(monitor.at("/spec/endpoints/0/port").asText())
        .isEqualTo(service.at("/spec/ports/0/name").asText());
    assertThat(objects.only("PrometheusRule").at("/spec/groups/0/rules")).isNotEmpty();
    assertThat(objects.only("PrometheusRule").toString())
        .doesNotContain("RUNBOOKS")
        .contains("runbooks.md#stagewrightdown");
    var dashboard =
        objects.named("ConfigMap", "stagewright-dashboard").at("/data/stagewright.json").asText();
    assertThat(Chart.YAML.readTree(dashboard).at("/title").asText()).isEqualTo("Stagewright");
  }

  @Test
  void tracesAreOffByDefault() {
    assertThat(Chart.render("{}").operatorPod().toString()).doesNotContain("OTEL_");
    assertThat(Chart.render("{}").named("ConfigMap", "stagewright").path("data")).hasSize(1);
    assertThat(Chart.render("tracing: {headersSecret: otlp}").operatorPod().toString())
        .doesNotContain("OTEL_");
  }

  @Test
  void tracingIsConfiguredByTheVariablesOfOpenTelemetry() {
    var objects =
        Chart.render(
            """
            tracing:
              endpoint: https://otlp.example.com
              headersSecret: otlp
              sampleRatio: 0.25
              caBundle: |
                -----BEGIN CERTIFICATE-----
                AAAA
                -----END CERTIFICATE-----
            """);
    var variables = new HashMap<String, String>();
    list(objects.operatorPod().at("/containers/0/env"))
        .filter(it -> it.path("name").asText().startsWith("OTEL_"))
        .forEach(it -> variables.put(it.path("name").asText(), it.path("value").asText()));
    var config = TracingConfig.of(variables).orElseThrow();
    assertThat(config.endpoint()).hasToString("https://otlp.example.com/v1/traces");
    assertThat(config.sampleRatio()).isEqualTo(0.25);
    assertThat(variables).containsKey("OTEL_EXPORTER_OTLP_HEADERS");
    var file = Path.of(config.certificate().orElseThrow());
    assertThat(
            objects
                .named("ConfigMap", "stagewright")
                .at("/data/" + file.getFileName())
                .asText()
                .strip())
        .isEqualTo("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
  }

  static Stream<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
