package dev.stagewright.controller.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The metrics of the operator. No label contains the name of a build, so the number of time series
 * does not grow with the number of builds. The page docs/metrics.md is made from these constants.
 */
public enum Metric {
  /** Builds that ended. */
  BUILDS(
      "stagewright.builds",
      MetricType.COUNTER,
      "Builds that ended, and runs that a change of the spec has stopped",
      new Label("outcome", "`succeeded`, `failed`, or `cancelled`"),
      new Label(
          "reason",
          "the [reason of the failure](troubleshooting.md), or why the run was stopped: `Cancelled`,"
              + " `Replaced`, or `Suspended`; otherwise `none`")),
  /** Builds that have begun. */
  BUILDS_RUNNING(
      "stagewright.builds.running", MetricType.GAUGE, "Builds that have begun and have not ended"),
  /** Builds in the queue. */
  BUILDS_QUEUED("stagewright.builds.queued", MetricType.GAUGE, "Builds that wait in the queue"),
  /** Builds that wait for something. */
  BUILDS_WAITING(
      "stagewright.builds.waiting",
      MetricType.GAUGE,
      "Builds that have begun and wait for something",
      new Label(
          "reason",
          "the reason of the condition `Ready`: `ImagePullBackOff`, `Unschedulable`,"
              + " `QuotaExceeded`, `Retrying`, …")),
  /** Age of the queue. */
  QUEUE_OLDEST_AGE(
      "stagewright.queue.oldest.age",
      MetricType.GAUGE_OF_SECONDS,
      "Time since the oldest build in the queue was queued; 0 if the queue is empty"),
  /** Time in the queue. */
  QUEUE_DURATION(
      "stagewright.queue.duration",
      MetricType.HISTOGRAM,
      "Time that builds waited in the queue, of those that had to wait"),
  /** Time of builds. */
  BUILD_DURATION(
      "stagewright.build.duration",
      MetricType.HISTOGRAM,
      "Time of builds from their start to their end",
      new Label("outcome", "`succeeded`, `failed`, or `cancelled`")),
  /** Time of phases. */
  PHASE_DURATION(
      "stagewright.phase.duration",
      MetricType.SUMMARY_OF_SECONDS,
      "Time of the phases of builds",
      new Label("phase", "`prepare`, `build`, or `push`")),
  /** Time of stages. */
  STAGE_DURATION(
      "stagewright.stage.duration",
      MetricType.HISTOGRAM,
      "Time of the containers of stages",
      new Label("outcome", "`succeeded` or `failed`"),
      new Label(
          "sandbox", "`userNamespace` or `inPlace`; `none` for a stage that runs in the worker")),
  /** Time until Pods run. */
  POD_START_DURATION(
      "stagewright.pod.start.duration",
      MetricType.HISTOGRAM,
      "Time that Pods took to start; the timestamps of Kubernetes are whole seconds",
      new Label("pod", "`worker` or `stage`"),
      new Label(
          "phase",
          "`schedule`: until the Pod has a node, the part of the scheduler; `start`: from then until"
              + " a container runs, the part of the kubelet, of volumes, and of the registry")),
  /** Pods that replaced others. */
  PODS_REPLACED(
      "stagewright.pods.replaced",
      MetricType.COUNTER,
      "Pods that replaced one that was lost, or that failed and is tried again",
      new Label("pod", "`worker` or `stage`")),
  /** Sizes of images. */
  IMAGE_SIZE(
      "stagewright.image.size",
      MetricType.SUMMARY_OF_BYTES,
      "Compressed size of the images of successful builds"),
  /** Cached steps. */
  CACHE_STEPS(
      "stagewright.cache.steps",
      MetricType.COUNTER,
      "Steps of stages that were looked up in the cache",
      new Label(
          "result",
          "`hit` if the step was known, `shared` if another build ran it at the same time, `miss` if"
              + " it ran")),
  /** Bytes that the cache saved. */
  CACHE_SAVED_BYTES(
      "stagewright.cache.saved.bytes",
      MetricType.COUNTER,
      "Compressed size of the layers and files of the cached steps, in bytes"),
  /** Seconds that the cache saved. */
  CACHE_SAVED_SECONDS(
      "stagewright.cache.saved.seconds",
      MetricType.COUNTER,
      "Time that the cached steps took when they ran, in seconds"),
  /** Runs with cache mounts. */
  CACHE_MOUNTS(
      "stagewright.cache.mounts",
      MetricType.COUNTER,
      "Runs with cache mounts; a run that changes from the claim to the workspace counts for both",
      new Label("storage", "`claim` or `workspace`"),
      new Label("reason", "the reason in `status.cacheMounts`")),
  /** Findings. */
  FINDINGS(
      "stagewright.findings",
      MetricType.COUNTER,
      "Findings of lint and of the checks of the image, in builds that ended",
      new Label("severity", "`error`, `warning`, or `hint`")),
  /** Time of the checks. */
  ANALYSIS_DURATION(
      "stagewright.analysis.duration",
      MetricType.SUMMARY_OF_SECONDS,
      "Time that the checks of images took"),
  /** Requests of webhooks. */
  WEBHOOK_REQUESTS(
      "stagewright.webhook.requests",
      MetricType.COUNTER,
      "Requests that the receiver of webhooks has answered",
      new Label("sender", "`github`, `gitlab`, …, as in the [settings](webhooks.md)"),
      new Label("outcome", "`accepted`, `ignored`, or `refused`"),
      new Label("reason", "why")),
  /** Requests to the API server. */
  API_REQUESTS(
      "stagewright.api.requests",
      MetricType.COUNTER,
      "Requests of the operator to the API server",
      new Label("verb", "as in rules of RBAC"),
      new Label("resource", "as in rules of RBAC, for example `pods/log`")),
  /** Failed requests to the API server. */
  API_ERRORS(
      "stagewright.api.errors",
      MetricType.COUNTER,
      "Requests of the operator to the API server that failed, without those that found that an"
          + " object exists, does not exist, or was changed",
      new Label("verb", "as in rules of RBAC"),
      new Label("resource", "as in rules of RBAC, for example `pods/log`"),
      new Label("code", "the HTTP status; `none` if there was no connection")),
  /** The leader. */
  LEADER("stagewright.leader", MetricType.GAUGE, "1 if this replica reconciles, 0 if it stands by"),
  /** An outdated CRD. */
  CRD_OUTDATED(
      "stagewright.crd.outdated",
      MetricType.GAUGE,
      "1 if the CRD in the cluster lacks fields of this version, otherwise 0"),
  /** Exported spans. */
  TRACE_SPANS(
      "stagewright.trace.spans",
      MetricType.COUNTER,
      "Spans of traces; only if traces are exported",
      new Label(
          "result",
          "`exported`, `failed` if the collector did not accept them, or `dropped` if too many"
              + " waited")),
  /** Open logs. */
  LOG_STREAMS("stagewright.log.streams", MetricType.GAUGE, "Logs that the operator follows"),
  /** Logs that were opened again. */
  LOG_REOPENINGS(
      "stagewright.log.reopenings",
      MetricType.COUNTER,
      "Logs that were opened again",
      new Label(
          "reason",
          "`refused` by the API server or the kubelet, `broken` connection, `completed` although the"
              + " container runs, `silent` for five minutes, or `throttled` because the stage prints"
              + " too much")),
  /** Lines of logs that were dropped. */
  LOG_DROPPED_LINES(
      "stagewright.log.dropped.lines",
      MetricType.COUNTER,
      "Lines of logs that were dropped or shortened",
      new Label(
          "reason",
          "`repeated` after a log was opened again, `truncated` because the line is too long, or"
              + " `untimed`: a message of the kubelet"));

  private final String id;
  private final MetricType type;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed.
  private final List<Label> labels;

  Metric(String id, MetricType type, String description, Label... labels) {
    this.id = id;
    this.type = type;
    this.description = description;
    this.labels = List.of(labels);
  }

  /**
   * A label of a metric.
   *
   * @param values what its values mean, in Markdown
   */
  public record Label(String name, String values) {}

  /** The name in Prometheus, without the suffixes of a histogram or summary. */
  public String prometheusName() {
    return id.replace('.', '_') + type.suffix();
  }

  /** How Prometheus sees it. */
  public MetricType type() {
    return type;
  }

  /** One sentence. */
  public String description() {
    return description;
  }

  /** In the order of the values that {@link #counter} takes. */
  public List<Label> labels() {
    return labels;
  }

  /**
   * The counter with these values of the labels.
   *
   * @throws IllegalArgumentException if the number of values is not that of the labels
   */
  public Counter counter(MeterRegistry registry, String... values) {
    return Counter.builder(id).description(description).tags(tags(values)).register(registry);
  }

  /**
   * The timer with these values of the labels, to be registered.
   *
   * @throws IllegalArgumentException if the number of values is not that of the labels
   */
  public Timer.Builder timer(String... values) {
    return Timer.builder(id).description(description).tags(tags(values));
  }

  DistributionSummary summary(MeterRegistry registry) {
    return DistributionSummary.builder(id)
        .description(description)
        .baseUnit(type.unit())
        .register(registry);
  }

  void gauge(MeterRegistry registry, Supplier<Number> value) {
    var gauge = Gauge.builder(id, value).description(description);
    if (!type.unit().isEmpty()) {
      gauge.baseUnit(type.unit());
    }
    gauge.register(registry);
  }

  MultiGauge multiGauge(MeterRegistry registry) {
    return MultiGauge.builder(id).description(description).register(registry);
  }

  /** The labels with these values. */
  Tags tags(String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(name() + " has " + labels.size() + " labels");
    }
    var tags = new ArrayList<Tag>();
    for (var i = 0; i < values.length; i++) {
      tags.add(Tag.of(labels.get(i).name(), values[i]));
    }
    return Tags.of(tags);
  }
}
