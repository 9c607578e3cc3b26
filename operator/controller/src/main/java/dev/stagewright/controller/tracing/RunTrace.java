package dev.stagewright.controller.tracing;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SourceStatus;
import dev.stagewright.controller.podstatus.PodTimeline;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.status.RunFailure;
import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a run that has ended. All times are from the status and from the Pods, so they do
 * not depend on when the operator was running.
 *
 * @param namespace of the ImageBuild
 * @param build name of the ImageBuild
 * @param uid of the ImageBuild
 * @param status of the run at its end
 * @param accepted when the operator accepted the run, which may have waited in the queue; empty if
 *     that is not known
 * @param pods of the run
 * @param end of the run
 */
record RunTrace(
    String namespace,
    String build,
    String uid,
    ImageBuildStatus status,
    Optional<Instant> accepted,
    List<PodTimeline> pods,
    Instant end) {
  /** The value of {@code error.type} if there is no other. */
  static final String OTHER_ERROR = "_OTHER";

  /** A run without a failure that did not end by itself. */
  private static final String STOPPED = "cancellation";

  RunTrace {
    pods = List.copyOf(pods);
  }

  RunIdentity identity() {
    return new RunIdentity(uid, status.observedGeneration(), status.runNumber());
  }

  /** The spans, the span of the run first. Empty for a run that did not begin. */
  List<RunSpan> spans() {
    return time(status.startTime()).map(this::spans).orElse(List.of());
  }

  private List<RunSpan> spans(Instant started) {
    var queued = accepted.filter(since -> since.isBefore(started));
    var spans = new ArrayList<RunSpan>();
    spans.add(withFailure(root(queued.orElse(started))));
    queued.ifPresent(
        since -> spans.add(RunSpan.child("queue", "queue", since, started, Attributes.empty())));
    spans.addAll(worker());
    spans.add(prepare(started));
    for (var stage : status.stages()) {
      new StageSpans(stage, pods(stage.id()), reached(ConditionType.Prepared), end)
          .list()
          .forEach(spans::add);
    }
    reached(ConditionType.Built).ifPresent(built -> spans.add(publish(built)));
    return List.copyOf(spans);
  }

  private RunSpan root(Instant start) {
    return new RunSpan(
        RunSpan.ROOT,
        Optional.empty(),
        "build " + build,
        start,
        end,
        attributes(),
        Optional.empty());
  }

  private RunSpan withFailure(RunSpan span) {
    var failure = status.failure();
    return failure == null ? span : span.failed(RunFailure.headline(failure), failure.reason());
  }

  /** The worker Pod exists for the whole run. */
  private List<RunSpan> worker() {
    var worker = pods(Task.WORKER);
    return worker.stream()
        .map(PodTimeline::created)
        .min(Instant::compareTo)
        .map(created -> {
          var path = "worker";
          var spans = new ArrayList<RunSpan>();
          spans.add(RunSpan.child(path, "worker Pod", created, end, Attributes.empty()));
          worker.forEach(pod -> spans.addAll(new PodSpans(pod, path, end).list()));
          return List.copyOf(spans);
        })
        .orElse(List.of());
  }

  /**
   * From the start of the container, which the start of the Pod precedes, until there is a plan.
   */
  private RunSpan prepare(Instant runStarted) {
    var prepared = reached(ConditionType.Prepared);
    var started =
        pods(Task.WORKER).stream()
            .flatMap(pod -> pod.container(new Task.Prepare().container()).stream())
            .map(PodTimeline.ContainerInterval::started)
            .min(Instant::compareTo)
            .orElse(runStarted);
    var span =
        RunSpan.child(
            "prepare", "prepare", started, prepared.orElse(end), task(new Task.Prepare().key()));
    return prepared.isEmpty() ? withFailure(span) : span;
  }

  /** From the end of the stages. Layers of stages are uploaded before. */
  private RunSpan publish(Instant built) {
    var pushed = reached(ConditionType.Pushed);
    var span =
        RunSpan.child(
            "publish", "publish", built, pushed.orElse(end), task(new Task.Publish().key()));
    return pushed.isEmpty() ? withFailure(span) : span;
  }

  private static Attributes task(String name) {
    return Attributes.of(SpanAttributes.TASK, name);
  }

  private List<PodTimeline> pods(String key) {
    return pods.stream().filter(pod -> pod.key().equals(key)).toList();
  }

  private Attributes attributes() {
    var attributes =
        Attributes.builder()
            .put(SpanAttributes.NAMESPACE, namespace)
            .put(SpanAttributes.PIPELINE, build)
            .put(SpanAttributes.PIPELINE_RUN, uid + "/" + status.runNumber())
            .put(SpanAttributes.RESULT, result())
            .put(SpanAttributes.BUILD, build)
            .put(SpanAttributes.BUILD_UID, uid)
            .put(SpanAttributes.GENERATION, status.observedGeneration())
            .put(SpanAttributes.RUN, status.runNumber());
    if (status.trigger() != null) {
      attributes.put(SpanAttributes.TRIGGER, status.trigger().type().name());
    }
    Optional.ofNullable(status.source())
        .map(SourceStatus::commit)
        .ifPresent(commit -> attributes.put(SpanAttributes.REVISION, commit));
    if (status.cache() != null) {
      attributes
          .put(SpanAttributes.STEPS, (long) status.cache().steps())
          .put(SpanAttributes.CACHED_STEPS, (long) status.cache().cachedSteps());
    }
    var image = status.image();
    if (image != null) {
      attributes
          .put(SpanAttributes.IMAGE, image.reference())
          .put(SpanAttributes.DIGEST, image.digest());
      if (image.pinned() != null) {
        attributes.put(SpanAttributes.IMAGE_DIGESTS, List.of(image.pinned()));
      }
    }
    return attributes.build();
  }

  private String result() {
    if (status.phase() == BuildPhase.Succeeded) {
      return "success";
    }
    return status.phase() == BuildPhase.Failed ? "failure" : STOPPED;
  }

  private Optional<Instant> reached(ConditionType type) {
    return condition(status, type, ConditionStatus.True);
  }

  /** When a condition got this status; empty if it has another one. */
  static Optional<Instant> condition(
      ImageBuildStatus status, ConditionType type, ConditionStatus value) {
    return status.conditions().stream()
        .filter(it -> it.type() == type && it.status() == value)
        .map(BuildCondition::lastTransitionTime)
        .flatMap(it -> time(it).stream())
        .findFirst();
  }

  private static Optional<Instant> time(@Nullable String text) {
    return Optional.ofNullable(text).map(Instant::parse);
  }
}
