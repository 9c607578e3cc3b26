package dev.stagewright.controller;

import dev.stagewright.controller.cluster.ApiServerClock;
import dev.stagewright.controller.cluster.FeatureSurvey;
import dev.stagewright.controller.cluster.KubernetesCluster;
import dev.stagewright.controller.cluster.OwnImage;
import dev.stagewright.controller.cluster.StartGate;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.metrics.ApiCallMetrics;
import dev.stagewright.controller.metrics.BuildMetrics;
import dev.stagewright.controller.metrics.HttpEndpoint;
import dev.stagewright.controller.observe.LogEnds;
import dev.stagewright.controller.observe.LogFollower;
import dev.stagewright.controller.queue.Admission;
import dev.stagewright.controller.queue.QueueLimits;
import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The operator at work: the SDK's machinery, our reconciler in it, and the HTTP endpoint. */
final class RunningOperator implements AutoCloseable {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /** Runs begin while no more than a quarter of the reconciliations at a time is taken. */
  private static final int SHARE_OF_STARTS = 4;

  private final Operator operator;
  private final HttpEndpoint endpoint;
  private final KubernetesClient client;
  private final Optional<Leadership> leadership;

  private RunningOperator(
      Operator operator,
      HttpEndpoint endpoint,
      KubernetesClient client,
      Optional<Leadership> leadership) {
    this.operator = operator;
    this.endpoint = endpoint;
    this.client = client;
    this.leadership = leadership;
  }

  /**
   * Starts it.
   *
   * @param lostLead called when another replica may have taken over
   * @throws IOException if the HTTP port cannot be had
   * @throws IllegalArgumentException if our image is neither configured nor to be found
   */
  static RunningOperator start(OperatorConfig configured, Runnable lostLead) throws IOException {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var clock = new ApiServerClock(Clock.systemUTC());
    var client =
        new KubernetesClientBuilder()
            .withHttpClientBuilderConsumer(http ->
                http.addOrReplaceInterceptor(ApiCallMetrics.NAME, new ApiCallMetrics(registry))
                    .addOrReplaceInterceptor(ApiServerClock.NAME, clock))
            .build();
    var config =
        configured.image().isEmpty()
            ? configured.withImage(new OwnImage(client, System.getenv()).find())
            : configured;
    var leadership =
        Optional.of(config.leaseName())
            .filter(name -> !name.isEmpty())
            .map(name -> new Leadership(name, System.getenv(), lostLead));
    var operator =
        new Operator(settings -> {
          settings
              .withKubernetesClient(client)
              .withCloseClientOnStop(false)
              .withConcurrentReconciliationThreads(config.maxConcurrentReconciles())
              .withReconciliationTerminationTimeout(STOP_WITHIN)
              .withStopOnInformerErrorDuringStartup(true)
              .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(registry));
          leadership.ifPresent(it -> settings.withLeaderElectionConfiguration(it.configuration()));
        });
    register(operator, config, client, clock, new BuildMetrics(registry));
    var info = operator.getRuntimeInfo();
    var endpoint =
        HttpEndpoint.start(
            config.httpPort(),
            registry::scrape,
            () -> true,
            () -> info.isStarted() && info.allEventSourcesAreHealthy());
    operator.start();
    return new RunningOperator(operator, endpoint, client, leadership);
  }

  private static void register(
      Operator operator,
      OperatorConfig config,
      KubernetesClient client,
      Clock clock,
      BuildMetrics metrics) {
    var survey = new FeatureSurvey(client, config.runtimeInjection(), clock);
    var cluster = new KubernetesCluster(client, survey, clock);
    var limits =
        new QueueLimits(config.maxConcurrentBuilds(), config.maxConcurrentBuildsPerNamespace());
    var logs = new LogFollower(new LogEnds(cluster), clock);
    var reconciler =
        new ImageBuildReconciler(
            new Reconciliation(config, cluster, logs, clock),
            logs,
            new Admission(limits, clock),
            new StartGate(Math.max(1, config.maxConcurrentReconciles() / SHARE_OF_STARTS)),
            metrics);
    operator.register(
        reconciler,
        settings ->
            settings
                .withLabelSelector(selector(config.operatorName()))
                .settingNamespaces(namespaces(config)));
  }

  private static String selector(String operatorName) {
    return operatorName.isEmpty() ? "!" + Labels.OPERATOR : Labels.OPERATOR + "=" + operatorName;
  }

  private static Set<String> namespaces(OperatorConfig config) {
    return config.watchNamespaces().isEmpty()
        ? Set.of(Constants.WATCH_ALL_NAMESPACES)
        : config.watchNamespaces();
  }

  int httpPort() {
    return endpoint.port();
  }

  @Override
  public void close() {
    operator.stop();
    leadership.ifPresent(it -> it.release(client));
    endpoint.close();
    client.close();
  }
}
