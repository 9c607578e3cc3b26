package dev.stagewright.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.metrics.LogMetrics.DroppedLine;
import dev.stagewright.controller.metrics.LogMetrics.Reopening;
import dev.stagewright.controller.podstatus.WaitingReason;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.FakeApiServer;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.FailureReason.Fault;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts of the chart fit to the metrics of the operator and to the docs. */
class MonitoringTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path FILES = ROOT.resolve("charts/stagewright/files");
  private static final Pattern METRIC = Pattern.compile("\\b(?:stagewright|operator_sdk)_[a-z_]+");
  private static final Pattern REASONS = Pattern.compile("reason=~?\"([^\"]*)\"");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @BeforeEach
  void recordEverything() throws IOException {
    recordBuilds();
    recordPods();
    recordLogs();
    recordRequests();
    recordReconciliations();
    new OperatorGauges(registry).registerLeader(() -> true);
    new OperatorGauges(registry).registerCrdOutdated(() -> false);
  }

  @Test
  void everyMetricOfTheDashboardAndTheAlertsExists() throws Exception {
    var used = new TreeSet<String>();
    for (var file : List.of("alerts.yaml", "dashboard.json")) {
      METRIC
          .matcher(Files.readString(FILES.resolve(file)))
          .results()
          .forEach(match -> used.add(match.group()));
    }
    assertThat(names()).containsAll(used);
    assertThat(used).hasSizeGreaterThan(20);
  }

  @Test
  void everyMetricIsInTheReference() {
    var listed = Arrays.stream(Metric.values()).map(Metric::prometheusName).toList();
    assertThat(
            names().stream()
                .filter(name -> name.startsWith("stagewright_"))
                .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
                .distinct())
        .isSubsetOf(listed)
        .hasSizeGreaterThan(20);
  }

  @Test
  void everyAlertHasARunbook() throws Exception {
    var runbooks = Files.readString(ROOT.resolve("docs/runbooks.md"));
    var alerts = alerts().map(alert -> alert.path("alert").asText()).toList();
    assertThat(alerts)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(runbooks).contains("\n## " + name));
    assertThat(runbooks.lines().filter(line -> line.startsWith("## Stagewright")))
        .containsExactlyElementsOf(alerts.stream().map(name -> "## " + name).toList());
    assertThat(alerts())
        .allSatisfy(alert -> {
          assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
          assertThat(alert.at("/annotations/summary").asText()).isNotEmpty();
          assertThat(alert.at("/annotations/description").asText()).isNotEmpty();
          assertThat(alert.at("/annotations/runbook_url").asText())
              .isEqualTo("RUNBOOKS#" + alert.path("alert").asText().toLowerCase(Locale.ROOT));
        });
  }

  @Test
  void everyFaultOfTheInfrastructureHasOneAlert() throws Exception {
    var alerting = new ArrayList<String>();
    alerts()
        .map(alert -> alert.path("expr").asText())
        .filter(expression -> expression.contains("stagewright_builds_total"))
        .forEach(expression -> alerting.addAll(reasons(expression)));
    assertThat(alerting)
        .doesNotHaveDuplicates()
        .containsAll(
            Arrays.stream(FailureReason.values())
                .filter(reason -> reason.fault() != Fault.USER)
                .map(FailureReason::name)
                .toList());
  }

  @Test
  void reasonsInQueriesExist() throws Exception {
    var known =
        Stream.of(
                Arrays.stream(FailureReason.values()).map(Enum::name),
                Arrays.stream(WaitingReason.Known.values()).map(Enum::name),
                Stream.of("ErrImagePull", "ImagePullBackOff", "Unschedulable", "FailedMount"),
                Stream.of("refused", "broken"))
            .flatMap(it -> it)
            .collect(Collectors.toSet());
    var texts = alerts().map(alert -> alert.path("expr").asText()).collect(Collectors.toList());
    expressions(dashboard(), texts);
    for (var text : texts) {
      assertThat(known).containsAll(reasons(text));
    }
  }

  @Test
  void everyPanelHasATitleADescriptionAndADatasource() throws Exception {
    var ids = new ArrayList<Integer>();
    for (var panel : dashboard().path("panels")) {
      assertThat(panel.path("title").asText()).isNotEmpty();
      ids.add(panel.path("id").asInt());
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.path("description").asText())
            .as(panel.path("title").asText())
            .isNotEmpty();
        assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
      }
    }
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(20);
  }

  private static List<String> reasons(String expression) {
    return REASONS
        .matcher(expression)
        .results()
        .flatMap(match -> Arrays.stream(match.group(1).split("\\|")))
        .filter(reason -> !reason.isEmpty())
        .toList();
  }

  private static void expressions(JsonNode node, List<String> into) {
    for (var child : node) {
      expressions(child, into);
    }
    if (node.has("expr")) {
      into.add(node.path("expr").asText());
    }
  }

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(FILES.resolve("dashboard.json").toFile());
  }

  private static Stream<JsonNode> alerts() throws IOException {
    var groups =
        new ObjectMapper(new YAMLFactory())
            .readTree(FILES.resolve("alerts.yaml").toFile())
            .path("groups");
    var alerts = new ArrayList<JsonNode>();
    groups.forEach(group -> group.path("rules").forEach(alerts::add));
    return alerts.stream();
  }

  /** The names of all series. */
  private Set<String> names() {
    return registry
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void recordBuilds() {
    var metrics = new BuildMetrics(registry);
    metrics.record(
        Optional.of(status("phase: Queued, queue: {position: 1, since: '2026-11-21T09:00:00Z'}")),
        status(
            """
            phase: Succeeded, startTime: '2026-11-21T10:00:00Z',
            completionTime: '2026-11-21T10:01:00Z', attempts: {worker: 2},
            image: {reference: r, digest: d, size: 1, layers: 1},
            checks: {runnable: 'True', errors: 0, warnings: 0, hints: 0, millis: 1},
            cacheMounts: {storage: Workspace, reason: Configured},
            conditions: [{type: Prepared, status: 'True', lastTransitionTime: '2026-11-21T10:00:09Z'}],
            stages: [{id: s0, phase: Succeeded, startTime: '2026-11-21T10:00:12Z',
              completionTime: '2026-11-21T10:00:42Z',
              cache: {cachedSteps: 2, steps: 5, savedDuration: 1m2s, savedBytes: 300}}]
            """));
    var gauges = new BuildGauges(registry, Clock.systemUTC());
    var waiting = Builds.hello();
    waiting.setStatus(
        status("phase: Building, conditions: [{type: Ready, status: Unknown, reason: Retrying}]"));
    gauges.register(() -> Stream.of(waiting));
    gauges.refresh();
  }

  private void recordPods() {
    var pod =
        YAML.unmarshal(
            """
            metadata:
              name: p
              uid: u
              creationTimestamp: '%1$s'
              labels: {stagewright.dev/part: worker}
            spec: {containers: [{name: prepare}]}
            status: {containerStatuses: [{name: prepare, state: {running: {startedAt: '%1$s'}}}]}
            """
                .formatted(Instant.now().plusSeconds(1)),
            Pod.class);
    new PodStartMetrics(registry, Clock.systemUTC()).record(List.of(pod));
  }

  private void recordLogs() {
    var metrics = new LogMetrics(registry);
    metrics.reopening(Reopening.BROKEN);
    metrics.dropped(DroppedLine.REPEATED, 1);
  }

  private void recordRequests() throws IOException {
    try (var server = FakeApiServer.start(exchange -> exchange.sendResponseHeaders(403, -1));
        var client =
            new KubernetesClientBuilder()
                .withConfig(server.client().getConfiguration())
                .withHttpClientBuilderConsumer(http ->
                    http.addOrReplaceInterceptor("metrics", new ApiRequestMetrics(registry)))
                .build()) {
      var _ =
          org.assertj.core.api.Assertions.catchThrowable(
              () -> client.pods().inNamespace("n").withName("p").get());
    }
  }

  /** As the SDK does. */
  private void recordReconciliations() throws IOException {
    var metrics = MicrometerMetrics.withoutPerResourceMetrics(registry);
    try (var server = FakeApiServer.start(_ -> {})) {
      new Operator(settings -> settings.withKubernetesClient(server.client()).withMetrics(metrics))
          .register(new NamedReconciler());
    }
    var build = Builds.hello();
    Map<String, Object> metadata = new HashMap<>(Map.of("controller.name", "imagebuild"));
    metrics.reconcileCustomResource(build, null, metadata);
    metrics.reconciliationExecutionStarted(build, metadata);
    metrics.failedReconciliation(build, new IllegalStateException("no"), metadata);
    metrics.finishedReconciliation(build, metadata);
    metrics.reconciliationExecutionFinished(build, metadata);
  }

  /** Has the name of the operator's reconciler, which is part of the names of metrics. */
  @ControllerConfiguration(name = "imagebuild")
  private static final class NamedReconciler implements Reconciler<ImageBuild> {
    @Override
    public UpdateControl<ImageBuild> reconcile(ImageBuild build, Context<ImageBuild> context) {
      return UpdateControl.noUpdate();
    }
  }

  private static ImageBuildStatus status(String fields) {
    return YAML.unmarshal("---\n{observedGeneration: 1, " + fields + "}", ImageBuildStatus.class);
  }
}
