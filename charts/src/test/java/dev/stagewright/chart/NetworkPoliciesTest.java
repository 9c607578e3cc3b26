package dev.stagewright.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the NetworkPolicies of the chart allow, evaluated as a network plugin does. */
class NetworkPoliciesTest {
  private static final Chart.Objects OBJECTS =
      Chart.render(
          """
          config: {watchNamespaces: [team]}
          networkPolicy:
            enabled: true
            apiServer: {cidrs: [10.96.0.1/32, 192.168.7.2/32, "fd12::1/128"]}
            metrics: {from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]}
            builds: {extraEgress: [{to: [{ipBlock: {cidr: 192.168.7.2/32}}], ports: [{port: 5000}]}]}
          """);
  private static final JsonNode BUILDS = OBJECTS.named("NetworkPolicy", "stagewright-builds");
  private static final JsonNode OPERATOR = OBJECTS.named("NetworkPolicy", "stagewright");

  @ParameterizedTest
  @CsvSource({
    "169.254.169.254, 80, false", // metadata of clouds
    "fd00:ec2::254, 80, false",
    "fe80::1, 80, false",
    "10.96.0.1, 443, false", // API server
    "192.168.7.2, 6443, false",
    "fd12::1, 443, false",
    "192.168.7.2, 5000, true", // a registry beside the API server
    "203.0.113.10, 443, true", // registries and Git servers
    "10.88.3.4, 5000, true",
    "2001:db8::1, 443, true",
    "10.96.0.10, 53, true", // DNS
    "169.254.20.10, 53, true", // DNS of the node
  })
  void buildsReachRegistriesAndNotTheCluster(String address, int port, boolean isAllowed) {
    assertThat(allows(BUILDS, address, port)).isEqualTo(isAllowed);
  }

  @Test
  void nothingConnectsToPodsOfBuilds() {
    assertThat(BUILDS.at("/spec/ingress")).isEmpty();
    assertThat(BUILDS.at("/spec/policyTypes").toString()).contains("Ingress", "Egress");
  }

  @Test
  void everyPodOfABuildIsSelectedAndIsolatedStagesStayIsolated() {
    assertThat(selects(BUILDS, Map.of("stagewright.dev/build-uid", "u"))).isTrue();
    assertThat(
            selects(
                BUILDS,
                Map.of("stagewright.dev/build-uid", "u", "stagewright.dev/network", "none")))
        .isFalse();
    assertThat(selects(BUILDS, Map.of("app", "database"))).isFalse();
    assertThat(BUILDS.at("/metadata/namespace").asText()).isEqualTo("team");
  }

  @ParameterizedTest
  @CsvSource({
    "10.96.0.1, 443, true",
    "192.168.7.2, 6443, true",
    "192.168.7.2, 5000, false",
    "203.0.113.10, 443, false",
    "10.96.0.10, 53, true"
  })
  void theOperatorReachesOnlyTheApiServer(String address, int port, boolean isAllowed) {
    assertThat(allows(OPERATOR, address, port)).isEqualTo(isAllowed);
  }

  @ParameterizedTest
  @CsvSource({
    "http://collector.observability:4318, 4318",
    "https://otlp.example.com, 443",
    "http://collector/otlp, 80"
  })
  void theOperatorReachesTheCollectorOfTraces(String endpoint, int port) {
    var policy =
        Chart.render(
                """
                networkPolicy: {enabled: true, apiServer: {cidrs: [10.96.0.1/32]}}
                tracing: {endpoint: '%s'}
                """
                    .formatted(endpoint))
            .named("NetworkPolicy", "stagewright");
    assertThat(allows(policy, "10.88.3.4", port)).isTrue();
    assertThat(allows(policy, "10.88.3.4", 5000)).isFalse();
  }

  @Test
  void onlyThePeersReadMetrics() {
    var rule = OPERATOR.at("/spec/ingress/0");
    assertThat(rule.at("/ports/0/port").asText()).isEqualTo("http");
    assertThat(rule.path("from").toString()).contains("monitoring");
  }

  /** Without namespaces, there is no policy for builds. */
  @Test
  void clusterWideInstallationsNameTheNamespacesOfBuilds() {
    var values =
        "networkPolicy: {enabled: true, apiServer: {cidrs: [10.0.0.1/32]}, builds: {namespaces:"
            + " %s}}";
    assertThat(Chart.render(values.formatted("[]")).of("NetworkPolicy")).hasSize(1);
    assertThat(Chart.render(values.formatted("[a, b]")).namespaces("NetworkPolicy"))
        .containsExactlyInAnyOrder("stagewright-system", "a", "b");
  }

  private static boolean selects(JsonNode policy, Map<String, String> labels) {
    return ChartTest.list(policy.at("/spec/podSelector/matchExpressions"))
        .allMatch(expression -> {
          var value = labels.get(expression.path("key").asText());
          return switch (expression.path("operator").asText()) {
            case "Exists" -> value != null;
            case "NotIn" ->
                value == null
                    || ChartTest.list(expression.path("values"))
                        .noneMatch(it -> it.asText().equals(value));
            default -> throw new AssertionError(expression);
          };
        });
  }

  private static boolean allows(JsonNode policy, String address, int port) {
    var to = InetAddress.ofLiteral(address);
    return ChartTest.list(policy.at("/spec/egress"))
        .anyMatch(rule -> hasPort(rule.path("ports"), port) && hasPeer(rule.path("to"), to));
  }

  private static boolean hasPort(JsonNode ports, int port) {
    return ports.isMissingNode()
        || ChartTest.list(ports).anyMatch(it -> it.path("port").asInt() == port);
  }

  private static boolean hasPeer(JsonNode peers, InetAddress address) {
    return peers.isMissingNode()
        || ChartTest.list(peers)
            .map(peer -> peer.path("ipBlock"))
            .anyMatch(block ->
                contains(block.path("cidr").asText(), address)
                    && ChartTest.list(block.path("except"))
                        .noneMatch(it -> contains(it.asText(), address)));
  }

  private static boolean contains(String cidr, InetAddress address) {
    var slash = cidr.indexOf('/');
    var network = InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress();
    var bits = Integer.parseInt(cidr.substring(slash + 1));
    var bytes = address.getAddress();
    if (network.length != bytes.length) {
      return false;
    }
    for (var i = 0; i < bits; i++) {
      var mask = 0x80 >> (i % 8);
      if ((network[i / 8] & mask) != (bytes[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
