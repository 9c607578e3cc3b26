package dev.stagewright.controller;

import dev.stagewright.controller.cluster.ApiServerClock;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.cluster.ClusterFeatureDetection;
import dev.stagewright.controller.cluster.EventRecorder;
import dev.stagewright.controller.cluster.KubernetesCluster;
import dev.stagewright.controller.cluster.KubernetesLogStreams;
import dev.stagewright.controller.cluster.LogStreams;
import dev.stagewright.controller.cluster.OperatorImageResolver;
import dev.stagewright.controller.cluster.StartThrottle;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.flux.FluxEventSource;
import dev.stagewright.controller.health.DeadlockCheck;
import dev.stagewright.controller.health.Liveness;
import dev.stagewright.controller.health.Readiness;
import dev.stagewright.controller.health.ReconciliationCheck;
import dev.stagewright.controller.logs.LogFollower;
import dev.stagewright.controller.metrics.ApiRequestMetrics;
import dev.stagewright.controller.metrics.BuildGauges;
import dev.stagewright.controller.metrics.BuildMetrics;
import dev.stagewright.controller.metrics.HttpEndpoint;
import dev.stagewright.controller.metrics.LogMetrics;
import dev.stagewright.controller.metrics.OperatorGauges;
import dev.stagewright.controller.metrics.PodStartMetrics;
import dev.stagewright.controller.queue.QueueAdmission;
import dev.stagewright.controller.queue.QueueLimits;
import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.schema.CrdCheck;
import dev.stagewright.controller.schema.SchemaFields;
import dev.stagewright.controller.schema.ServedSchema;
import dev.stagewright.controller.sharing.SharedStageEventSource;
import dev.stagewright.controller.tracing.OtlpTracing;
import dev.stagewright.controller.tracing.RunTracer;
import dev.stagewright.controller.tracing.TracingConfig;
import dev.stagewright.controller.webhook.WebhookServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RuntimeInfo;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the SDK with the reconciler, and the HTTP endpoint. */
final class OperatorRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorRuntime.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /** At most a quarter of the concurrent reconciliations start new runs. */
  private static final int START_DIVISOR = 4;

  private final Operator operator;
  private final HttpEndpoint endpoint;
  private final Optional<WebhookServer> webhooks;
  private final KubernetesClient client;
  private final Optional<LeaderElection> leaderElection;
  private final EventRecorder events;
  private final RunTracer tracer;

  private OperatorRuntime(
      Operator operator,
      HttpEndpoint endpoint,
      Optional<WebhookServer> webhooks,
      KubernetesClient client,
      Optional<LeaderElection> leaderElection,
      EventRecorder events,
      RunTracer tracer) {
    this.operator = operator;
    this.endpoint = endpoint;
    this.webhooks = webhooks;
    this.client = client;
    this.leaderElection = leaderElection;
    this.events = events;
    this.tracer = tracer;
  }

  /**
   * Why the operator must stop by itself. It must not exit the process in these calls, which would
   * wait for threads that call.
   *
   * @param lostLeadership this replica is no longer the leader
   * @param lostWatch the operator cannot watch the cluster any more
   */
  record Stops(Runnable lostLeadership, Runnable lostWatch) {}

  /**
   * Starts the operator.
   *
   * @param stops called when this replica must stop
   * @throws IOException if the HTTP port cannot be opened
   * @param tracing where to export traces; empty for nowhere
   * @throws IllegalArgumentException if the image of the operator is neither configured nor found,
   *     or traces cannot be exported as configured
   */
  static OperatorRuntime start(
      OperatorConfig configured, Optional<TracingConfig> tracing, Stops stops) throws IOException {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var clock = new ApiServerClock(Clock.systemUTC());
    var requests = new ApiRequestMetrics(registry);
    var client =
        new KubernetesClientBuilder()
            .withHttpClientBuilderConsumer(http ->
                http.addOrReplaceInterceptor(ApiRequestMetrics.NAME, requests)
                    .addOrReplaceInterceptor(ApiServerClock.NAME, clock))
            .build();
    var logs = new LogFollower(logStreams(requests), new LogMetrics(registry));
    var config =
        configured.image().isEmpty()
            ? configured.withImage(new OperatorImageResolver(client, System.getenv()).resolve())
            : configured;
    var isLeader = new AtomicBoolean(config.leaseName().isEmpty());
    new OperatorGauges(registry).registerLeader(isLeader::get);
    var crd = crdCheck(client, registry);
    var leaderElection =
        Optional.of(config.leaseName())
            .filter(name -> !name.isEmpty())
            .map(name ->
                new LeaderElection(
                    name, System.getenv(), () -> isLeader.set(true), stops.lostLeadership()));
    var operator =
        new Operator(settings -> {
          settings
              .withKubernetesClient(client)
              .withCloseClientOnStop(false)
              .withConcurrentReconciliationThreads(config.maxConcurrentReconciles())
              .withReconciliationTerminationTimeout(STOP_TIMEOUT)
              .withStopOnInformerErrorDuringStartup(true)
              .withInformerStoppedHandler((informer, error) -> stopped(informer, error, stops))
              .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(registry));
          leaderElection.ifPresent(
              it -> settings.withLeaderElectionConfiguration(it.configuration()));
        });
    var reconciliations = new ReconciliationCheck();
    var gauges = new BuildGauges(registry, clock);
    var features = new ClusterFeatureDetection(client, config.runtimeInjection(), clock);
    var events = new EventRecorder(client, clock);
    var cluster = new KubernetesCluster(client, features, events);
    var tracer =
        tracing
            .map(it -> new OtlpTracing(it).start(registry, cluster::recordEvent, clock))
            .orElse(RunTracer.NONE);
    register(
        operator, config, client, cluster, clock, logs, reconciliations, registry, gauges, tracer);
    var endpoint =
        HttpEndpoint.start(
            config.httpPort(),
            () -> {
              gauges.refresh();
              return registry.scrape();
            },
            new Liveness(new DeadlockCheck(), reconciliations),
            readiness(operator.getRuntimeInfo(), crd));
    operator.start();
    var webhooks =
        config.webhookPort() == 0
            ? Optional.<WebhookServer>empty()
            : Optional.of(WebhookServer.start(config, client, cluster, registry, clock));
    return new OperatorRuntime(
        operator, endpoint, webhooks, client, leaderElection, events, tracer);
  }

  private static CrdCheck crdCheck(KubernetesClient client, MeterRegistry registry) {
    var check =
        new CrdCheck(
            SchemaFields.ofThisVersion(),
            new ServedSchema(client),
            Clock.systemUTC(),
            task -> Thread.ofVirtual().name("crd-check").start(task));
    check.compare();
    new OperatorGauges(registry).registerCrdOutdated(() -> check.problem().isPresent());
    return check;
  }

  private static Readiness readiness(RuntimeInfo info, CrdCheck crd) {
    return new Readiness(
        List.of(
            new Readiness.Check(
                "started",
                () ->
                    info.isStarted()
                        ? Optional.empty()
                        : Optional.of("the operator reads the objects of the cluster")),
            new Readiness.Check("watches", () -> lostWatches(info)),
            new Readiness.Check("crd", crd::problem)));
  }

  private static Optional<String> lostWatches(RuntimeInfo info) {
    var lost =
        info.unhealthyEventSources().values().stream()
            .flatMap(sources -> sources.keySet().stream())
            .sorted()
            .toList();
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of("the API server does not answer the watches of " + String.join(", ", lost));
  }

  /** At start, the SDK ends by itself if an informer fails. */
  private static void stopped(
      SharedIndexInformer<?> informer, @Nullable Throwable error, Stops stops) {
    if (error != null && informer.hasSynced()) {
      LOG.error("the watch of {} has ended", informer.getApiTypeClass().getSimpleName(), error);
      stops.lostWatch().run();
    }
  }

  private static void register(
      Operator operator,
      OperatorConfig config,
      KubernetesClient client,
      Cluster cluster,
      Clock clock,
      LogFollower logs,
      ReconciliationCheck reconciliations,
      MeterRegistry registry,
      BuildGauges gauges,
      RunTracer tracer) {
    var limits =
        new QueueLimits(config.maxConcurrentBuilds(), config.maxConcurrentBuildsPerNamespace());
    var sharing = new SharedStageEventSource(clock);
    var flux = new FluxEventSource(client, clock);
    var reconciler =
        new ImageBuildReconciler(
            new Reconciliation(config, cluster, logs, sharing, clock),
            List.of(logs, sharing, flux),
            flux::inputs,
            new QueueAdmission(limits, clock),
            new StartThrottle(Math.max(1, config.maxConcurrentReconciles() / START_DIVISOR)),
            reconciliations,
            new BuildMetrics(registry),
            gauges,
            new PodStartMetrics(registry, clock),
            tracer);
    operator.register(
        reconciler,
        settings ->
            settings
                .withGenerationAware(false)
                .withOnUpdateFilter(new BuildUpdateFilter())
                .withLabelSelector(selector(config.operatorName()))
                .settingNamespaces(namespaces(config)));
  }

  private static LogStreams logStreams(ApiRequestMetrics requests) {
    return new KubernetesLogStreams(() ->
        new KubernetesClientBuilder()
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor(ApiRequestMetrics.NAME, requests))
            .build());
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

  Optional<Integer> webhookPort() {
    return webhooks.map(WebhookServer::port);
  }

  @Override
  public void close() {
    webhooks.ifPresent(WebhookServer::close);
    operator.stop();
    leaderElection.ifPresent(it -> it.release(client));
    // After the release, so that another replica does not wait for events or a slow collector.
    events.close();
    tracer.close();
    endpoint.close();
    client.close();
  }
}
