package dev.stagewright.controller;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.BuildEventSources;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import dev.stagewright.controller.cluster.QueueEventSource;
import dev.stagewright.controller.cluster.StartThrottle;
import dev.stagewright.controller.cluster.TriggerEventSource;
import dev.stagewright.controller.health.ReconciliationCheck;
import dev.stagewright.controller.log.LogFields;
import dev.stagewright.controller.log.StatusLog;
import dev.stagewright.controller.metrics.BuildGauges;
import dev.stagewright.controller.metrics.BuildMetrics;
import dev.stagewright.controller.metrics.PodStartMetrics;
import dev.stagewright.controller.observe.BuildObjects;
import dev.stagewright.controller.queue.QueueAdmission;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.tracing.RunTracer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Connects the SDK with the {@link Reconciliation}. */
@ControllerConfiguration(
    name = "imagebuild",
    fieldManager = "stagewright",
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(
    maxAttempts = ImageBuildReconciler.NO_LIMIT,
    initialInterval = 1_000,
    intervalMultiplier = 2,
    maxInterval = 60_000)
final class ImageBuildReconciler implements Reconciler<ImageBuild> {
  static final int NO_LIMIT = -1;

  /** The retry, about 30 seconds after the first failure, that an Event reports. */
  static final int REPORTED_RETRY = 5;

  private static final int NOT_FOUND = 404;

  private final Reconciliation reconciliation;
  private final List<TriggerEventSource> triggers;
  private final Function<ImageBuild, RunInputs> inputs;
  private final QueueAdmission admission;
  private final StartThrottle throttle;
  private final ReconciliationCheck active;
  private final BuildMetrics metrics;
  private final BuildGauges gauges;
  private final PodStartMetrics podStarts;
  private final RunTracer tracer;

  /**
   * Creates a reconciler.
   *
   * @param inputs looks up what other objects say about an ImageBuild
   */
  ImageBuildReconciler(
      Reconciliation reconciliation,
      List<TriggerEventSource> triggers,
      Function<ImageBuild, RunInputs> inputs,
      QueueAdmission admission,
      StartThrottle throttle,
      ReconciliationCheck active,
      BuildMetrics metrics,
      BuildGauges gauges,
      PodStartMetrics podStarts,
      RunTracer tracer) {
    this.reconciliation = reconciliation;
    this.triggers = List.copyOf(triggers);
    this.inputs = inputs;
    this.admission = admission;
    this.throttle = throttle;
    this.active = active;
    this.metrics = metrics;
    this.gauges = gauges;
    this.podStarts = podStarts;
    this.tracer = tracer;
  }

  @Override
  public List<EventSource<?, ImageBuild>> prepareEventSources(
      EventSourceContext<ImageBuild> context) {
    var builds = context.getPrimaryCache();
    gauges.register(builds::list);
    var sources = new ArrayList<EventSource<?, ImageBuild>>(new BuildEventSources(context).all());
    sources.addAll(List.of(new QueueEventSource(admission, builds), throttle));
    sources.addAll(triggers);
    return sources;
  }

  @Override
  public UpdateControl<ImageBuild> reconcile(ImageBuild build, Context<ImageBuild> context) {
    var objects =
        new BuildObjects(
            context.getSecondaryResourcesAsStream(Pod.class).toList(),
            context.getSecondaryResourcesAsStream(PersistentVolumeClaim.class).toList(),
            context.getSecondaryResourcesAsStream(ConfigMap.class).toList(),
            context.getSecondaryResourcesAsStream(NetworkPolicy.class).toList());
    podStarts.record(objects.pods());
    try (var _ = LogFields.of(build);
        var _ = active.begin(ResourceID.fromResource(build));
        var permit = throttle.permit(build)) {
      var outcome =
          reconciliation.reconcile(
              inputs.apply(build),
              objects,
              run -> permit.admit(admission.position(run, context.getPrimaryCache().list())));
      outcome.status().ifPresent(status -> write(build, status, objects, context));
      var control = UpdateControl.<ImageBuild>noUpdate();
      outcome.requeueAfter().ifPresent(control::rescheduleAfter);
      return control;
    }
  }

  /**
   * Reports a lasting error in an Event, because users may not have access to the operator's log.
   */
  @Override
  public ErrorStatusUpdateControl<ImageBuild> updateErrorStatus(
      ImageBuild build, Context<ImageBuild> context, Exception error) {
    var attempt = context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0);
    if (attempt == REPORTED_RETRY) {
      reconciliation
          .cluster()
          .recordEvent(
              build,
              new EventDraft(
                  true,
                  "OperatorError",
                  "the operator cannot reconcile this ImageBuild and keeps retrying; see the log of"
                      + " the operator for details: "
                      + error));
    }
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  /** Writes the status, unless the ImageBuild was deleted in the meantime. */
  private void write(
      ImageBuild build,
      ImageBuildStatus status,
      BuildObjects objects,
      Context<ImageBuild> context) {
    try {
      patch(build, status, context);
    } catch (ReplacedException e) {
      return;
    } catch (KubernetesClientException e) {
      if (e.getCode() != NOT_FOUND) {
        throw e;
      }
      return;
    }
    var before = Optional.ofNullable(build.getStatus());
    metrics.record(before, status);
    StatusLog.log(build, status);
    tracer.record(build, status, objects.pods());
  }

  /**
   * Patches the status and caches the result, so that the next reconciliation sees it even if the
   * informer has not received it yet. Otherwise, a run could end twice.
   *
   * @throws ReplacedException if another ImageBuild has the name now
   */
  private static void patch(
      ImageBuild build, ImageBuildStatus status, Context<ImageBuild> context) {
    var options =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(context.getControllerConfiguration().fieldManager())
            .withForce(true)
            .build();
    // After a conflict, the SDK repeats this with what has the name of the ImageBuild then.
    PrimaryUpdateAndCacheUtils.updateAndCacheResource(
        build,
        context,
        current -> statusOnly(build, current, status),
        applied -> context.getClient().resource(applied).subresource("status").patch(options));
  }

  /** A new object with only the fields that the operator owns, for server-side apply. */
  private static ImageBuild statusOnly(
      ImageBuild build, ImageBuild current, ImageBuildStatus status) {
    var metadata = build.getMetadata();
    if (!metadata.getUid().equals(current.getMetadata().getUid())) {
      throw new ReplacedException();
    }
    var applied = new ImageBuild();
    applied.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .build());
    applied.setStatus(status);
    return applied;
  }

  /** Another ImageBuild has the name, which must not get the result of the deleted one. */
  private static final class ReplacedException extends RuntimeException {}
}
