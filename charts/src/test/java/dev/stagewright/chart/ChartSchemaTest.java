package dev.stagewright.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Helm rejects values that are misspelt or have the wrong type, and names them. */
class ChartSchemaTest {
  /** Values of parent charts, which a chart accepts and does not use. */
  private static final Set<String> OF_PARENT_CHARTS = Set.of("global", "enabled");

  private static final JsonNode SCHEMA = Chart.yaml(Chart.DIRECTORY.resolve("values.schema.json"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replica: 2 | replica",
        "replicas: 0 | replicas",
        "replicas: '2' | replicas",
        "image: {name: a} | name",
        "image: {repository: ''} | repository",
        "image: {repository: 'a:1'} | repository",
        "image: {digest: abc} | digest",
        "image: {pullPolicy: always} | pullPolicy",
        "imagePullSecrets: [regcred] | imagePullSecrets",
        "imagePullSecrets: [{nam: regcred}] | nam",
        "fullnameOverride: A_b | fullnameOverride",
        "config: {sandbx: auto} | sandbx",
        "config: {sandbox: none} | sandbox",
        "config: {leaseName: a} | leaseName",
        "config: {watchNamespaces: a} | watchNamespaces",
        "config: {watchNamespaces: [A]} | watchNamespaces",
        "config: {operatorName: a/b} | operatorName",
        "config: {allowedSandboxes: []} | allowedSandboxes",
        "config: {allowInsecureRun: 'yes'} | allowInsecureRun",
        "config: {podPolicy: {serviceAccount: [a]}} | serviceAccount",
        "config: {podPolicy: {maxResources: {cpu: much}}} | maxResources",
        "config: {podPolicy: {forbiddenFields: [hostNetwork]}} | forbiddenFields",
        "config: {registries: [{plainHttp: true}]} | host",
        "config: {registries: [{host: a, insecure: true}]} | insecure",
        "config: {registries: [{host: 'https://a'}]} | host",
        "config: {registries: [{host: a, mirror: 'https://b'}]} | mirror",
        "config: {registries: [{host: a, caBundle: ca.crt}]} | caBundle",
        "config: {registries: [{host: a, proxy: p}]} | proxy",
        "config: {registries: [{host: a, chunkSize: big}]} | chunkSize",
        "config: {proxyEnvironment: {http_proxy: a}} | http_proxy",
        "config: {maxConcurrentReconciles: 0} | maxConcurrentReconciles",
        "config: {maxConcurrentBuilds: -1} | maxConcurrentBuilds",
        "config: {maxWorkerBaseSize: -1} | maxWorkerBaseSize",
        "config: {cache: {maxAge: old}} | maxAge",
        "config: {cache: {mounts: {accessMode: ReadWrite}}} | accessMode",
        "config: {cache: {mount: {}}} | mount",
        "config: {podStartTimeout: 5} | podStartTimeout",
        "config: {logLevel: loud} | logLevel",
        "config: {logFormat: xml} | logFormat",
        "resources: {request: {cpu: 1}} | request",
        "resources: {limits: {memory: much}} | memory",
        "nodeSelector: {a: 1} | nodeSelector",
        "tolerations: [{efect: NoExecute}] | efect",
        "tolerations: [{effect: Never}] | effect",
        "nodeFailureSeconds: 30s | nodeFailureSeconds",
        "affinity: {nodeAfinity: {}} | nodeAfinity",
        "topologySpreadConstraints: [{maxSkew: 1}] | topologyKey",
        "priorityClassName: High | priorityClassName",
        "podAnnotations: {a: true} | podAnnotations",
        "podLabels: [a] | podLabels",
        "extraEnv: [{value: a}] | name",
        "podDisruptionBudget: {minAvailable: 1} | minAvailable",
        "podDisruptionBudget: {maxUnavailable: half} | maxUnavailable",
        "serviceAccount: {create: false} | name",
        "serviceAccount: {names: a} | names",
        "rbac: {created: true} | created",
        "networkPolicy: {enable: true} | enable",
        "networkPolicy: {apiServer: {cidrs: [10.0.0.1]}} | cidrs",
        "networkPolicy: {apiServer: {ports: [0]}} | ports",
        "networkPolicy: {builds: {blockedCidrs: [metadata]}} | blockedCidrs",
        "networkPolicy: {builds: {namespaces: [a, a]}} | namespaces",
        "tracing: {endpoint: 'collector:4318'} | endpoint",
        "tracing: {headersSecret: A_b} | headersSecret",
        "tracing: {sampleRatio: 2} | sampleRatio",
        "tracing: {caBundle: ca.crt} | caBundle",
        "tracing: {headers: a} | headers",
        "metrics: {serviceMonitor: {enabled: 1}} | enabled",
        "metrics: {serviceMonitor: {interval: soon}} | interval",
        "metrics: {prometheusRules: {}} | prometheusRules",
        "metrics: {prometheusRule: {runbookUrl: docs}} | runbookUrl",
        "metrics: {grafanaDashboard: {labels: {a: 1}}} | labels",
      })
  void invalidValuesAreNamed(String values, String name) {
    assertThatThrownBy(() -> Chart.render(values))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("values don't meet the specifications of the schema")
        .hasMessageContaining(name);
  }

  @Test
  void aParentChartCanHaveACondition() {
    assertThat(Chart.render("{enabled: true, global: {anything: 1}}").of("Deployment")).hasSize(1);
  }

  @Test
  void objectsAcceptNoUnknownProperties() {
    var open = new ArrayList<String>();
    collectOpen("", SCHEMA, open);
    assertThat(open).isEmpty();
  }

  /** Only objects that Kubernetes itself describes and checks may have any properties. */
  private static void collectOpen(String path, JsonNode schema, List<String> open) {
    var additional = schema.path("additionalProperties");
    if (schema.path("type").asText().equals("object")
        && (additional.isMissingNode() || additional.asBoolean())
        && schema.path("description").isMissingNode()) {
      open.add(path);
    }
    schema
        .properties()
        .forEach(child -> collectOpen(path + "/" + child.getKey(), child.getValue(), open));
  }

  @Test
  void schemaAndValuesHaveTheSameProperties() {
    var values = Chart.yaml(Chart.DIRECTORY.resolve("values.yaml"));
    assertThat(names(SCHEMA.path("properties")).filter(name -> !OF_PARENT_CHARTS.contains(name)))
        .containsExactlyInAnyOrderElementsOf(names(values).toList());
    for (var section :
        List.of("image", "config", "serviceAccount", "rbac", "podDisruptionBudget", "tracing")) {
      assertThat(names(SCHEMA.at("/properties/" + section + "/properties")))
          .as(section)
          .containsExactlyInAnyOrderElementsOf(names(values.path(section)).toList());
    }
  }

  private static Stream<String> names(JsonNode object) {
    return object.properties().stream().map(property -> property.getKey());
  }
}
