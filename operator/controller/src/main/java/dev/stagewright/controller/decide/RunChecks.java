package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.observe.Rejection;
import dev.stagewright.controller.pods.BuildRequestFactory;
import dev.stagewright.controller.pods.RegistryAccess;
import dev.stagewright.controller.run.ConfigMapWriter;
import dev.stagewright.controller.run.ScheduleTimes;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.template.TemplateChecks;
import dev.stagewright.controller.validation.RequestSize;
import dev.stagewright.controller.validation.SpecDurations;
import dev.stagewright.controller.validation.SpecQuantities;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Termination;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Checks for problems that end a run, whatever the state of its tasks. */
record RunChecks(Observation observed, OperatorConfig config) {

  /** The first problem. */
  Optional<Failure> problem() {
    return Stream.<Supplier<Optional<Failure>>>of(
            this::invalidRequest,
            this::invalidTemplates,
            this::existingConfigMap,
            this::refusedObject,
            this::otherPlan,
            this::timeout,
            this::lostWorkspace)
        .flatMap(check -> check.get().stream())
        .findFirst();
  }

  /**
   * The request that the worker Pod reads.
   *
   * @throws IllegalArgumentException if the spec is invalid; {@link #problem} reports that first
   */
  BuildRequest request() {
    return new BuildRequestFactory(
            RegistryAccess.of(config),
            config.allowInsecureRun(),
            config.maxWorkerBaseSize(),
            config.cache())
        .of(observed.run(), observed.spec(), observed.startedAt(), observed.ignoreRecords());
  }

  private Optional<Failure> invalidRequest() {
    try {
      new SpecDurations(observed.spec()).check();
      new SpecQuantities(observed.spec()).check();
      var _ = ScheduleTimes.of(observed.spec());
      new RequestSize(observed.spec(), request()).check();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(Failure.of(FailureReason.InvalidRequest, String.valueOf(e.getMessage())));
    }
  }

  private Optional<Failure> invalidTemplates() {
    return new TemplateChecks(observed.spec(), config.podPolicy()).problem();
  }

  /** Checked before the run creates anything, and again when the ConfigMap is written. */
  private Optional<Failure> existingConfigMap() {
    return observed.hasRequest()
        ? Optional.empty()
        : observed
            .outputConfigMap()
            .get()
            .flatMap(new ConfigMapWriter(observed.run().build())::problem)
            .map(problem ->
                Failure.of(FailureReason.ConfigMapExists, "spec.output.configMap: " + problem));
  }

  private Optional<Failure> refusedObject() {
    var names = observed.run().names();
    return Stream.of(names.request(), names.workspace(), names.plan())
        .flatMap(name -> Optional.ofNullable(observed.rejections().get(name)).stream())
        .filter(rejection -> !rejection.temporary())
        .map(Rejection::message)
        .map(message ->
            Failure.of(
                FailureReason.InvalidRequest, "the API server refuses an object: " + message))
        .findFirst();
  }

  /** The operator acts on a plan in the log before prepare ends with the digest of its plan. */
  private Optional<Failure> otherPlan() {
    return observed.plan() instanceof PlanLookup.Stored(_, var stored)
        ? observed
            .latest(new Task.Prepare())
            .flatMap(prepare -> prepare.result(Termination.Prepared.class))
            .filter(prepared -> !prepared.plan().equals(stored))
            .map(prepared ->
                Failure.of(
                    FailureReason.Internal,
                    "the plan in the log of prepare has the digest %s, but prepare reported %s"
                        .formatted(stored, prepared.plan())))
        : Optional.empty();
  }

  private Optional<Failure> timeout() {
    var limit = KubernetesDuration.parse(observed.spec().timeout());
    return observed.now().isAfter(observed.startedAt().plus(limit))
        ? Optional.of(
            Failure.of(
                FailureReason.Timeout,
                "the build did not finish within spec.timeout, " + observed.spec().timeout()))
        : Optional.empty();
  }

  private Optional<Failure> lostWorkspace() {
    return !observed.hasWorkspace() && observed.attempts(new Task.Prepare()) > 0
        ? Optional.of(
            Failure.of(
                FailureReason.PodLost,
                "the claim %s was deleted while the run used it"
                    .formatted(observed.run().names().workspace())))
        : Optional.empty();
  }
}
