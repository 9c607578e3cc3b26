package dev.stagewright.controller.sandbox;

import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxReason;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxStatus;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Rejection;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StagePlan;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects the sandbox of a run and of its stages.
 *
 * <p>If the spec or the configuration requests a sandbox, the stages use it or the build fails.
 * {@code auto} tries user namespaces if the versions of the cluster support them; when the API
 * server refuses such a Pod, or a node cannot start it, the remaining Pods of the run use {@code
 * inPlace}.
 *
 * @param unsupported why the cluster does not support user namespaces; empty if it does
 */
public record SandboxSelection(
    Observation observed, OperatorConfig config, Optional<String> unsupported) {

  /** Introduces each stage whose sandbox differs from that of the run. */
  private static final String DIFFERENT_STAGE = "; stage ";

  /**
   * The sandbox of one stage.
   *
   * @param auto whether another sandbox is acceptable
   * @param why the stage has this sandbox, as a clause
   */
  public record StageChoice(SandboxKind kind, boolean auto, String why) {}

  /** Whether a stage may use {@code inPlace} if a user namespace is not available. */
  public boolean isAuto(Task task) {
    return stage(task)
        .map(stage -> of(stage).auto())
        .orElseGet(() -> requirements().ofRun().isEmpty());
  }

  /** The sandbox of a task's Pod; empty for tasks that are not stages. */
  public Optional<StageChoice> of(Task task) {
    return stage(task).map(this::of);
  }

  private Optional<StagePlan> stage(Task task) {
    return task instanceof Task.Stage(var id)
        ? stages().filter(stage -> stage.id().equals(id)).findFirst()
        : Optional.empty();
  }

  /** The sandbox of a stage, and why the stage has it. */
  public StageChoice of(StagePlan stage) {
    var requirement = requirements().of(stage);
    if (requirement.isPresent()) {
      return new StageChoice(requirement.get().kind(), false, requirement.get().source());
    }
    var chosen = automatic();
    return kind(chosen) == SandboxKind.USER_NAMESPACE && mustBeInPlace(stage)
        ? new StageChoice(SandboxKind.IN_PLACE, true, stage.needsInPlace().orElse(""))
        : new StageChoice(kind(chosen), true, chosen.message());
  }

  private boolean mustBeInPlace(StagePlan stage) {
    return stage.needsInPlace().isPresent()
        && config.allowedSandboxes().contains(SandboxKind.IN_PLACE);
  }

  /** Why a requested sandbox is not allowed. */
  public Optional<Failure> problem() {
    return requirements().problem();
  }

  private SandboxRequirements requirements() {
    return new SandboxRequirements(observed.spec(), config);
  }

  /** The sandbox of the run. */
  public SandboxKind kind() {
    return kind(ofRun());
  }

  private static SandboxKind kind(SandboxStatus status) {
    return SandboxKind.named(status.kind()).orElse(SandboxKind.IN_PLACE);
  }

  /** The sandbox of the run, why it was selected, and the stages with a different sandbox. */
  public SandboxStatus status() {
    var run = ofRun();
    var others =
        stages()
            .filter(stage -> of(stage).kind() != kind(run))
            .map(stage ->
                DIFFERENT_STAGE
                    + stage.name()
                    + " is "
                    + of(stage).kind().apiName()
                    + ": "
                    + of(stage).why())
            .collect(Collectors.joining());
    return new SandboxStatus(run.kind(), run.reason(), run.message() + others);
  }

  private SandboxStatus ofRun() {
    return requirements()
        .ofRun()
        .map(requirement ->
            status(requirement.kind(), SandboxReason.Requested, requirement.source()))
        .orElseGet(this::automatic);
  }

  private SandboxStatus automatic() {
    var chosen = selectedBefore().orElseGet(this::byVersions);
    return kind(chosen) == SandboxKind.IN_PLACE ? chosen : refused().orElse(chosen);
  }

  /** The sandbox that was selected earlier in this run, unless it is requested. */
  private Optional<SandboxStatus> selectedBefore() {
    return observed
        .previous()
        .flatMap(before -> Optional.ofNullable(before.sandbox()))
        .filter(before -> before.reason() != SandboxReason.Requested)
        .map(before ->
            new SandboxStatus(
                before.kind(), before.reason(), before.message().split(DIFFERENT_STAGE, 2)[0]));
  }

  private SandboxStatus byVersions() {
    return unsupported
        .map(why ->
            status(
                SandboxKind.IN_PLACE,
                SandboxReason.Unavailable,
                "not every node supports user namespaces for Pods: " + why))
        .orElseGet(() ->
            status(
                SandboxKind.USER_NAMESPACE,
                SandboxReason.Available,
                "the cluster supports user namespaces for Pods"));
  }

  private Optional<SandboxStatus> refused() {
    var byApiServer = stageRefusals().map(Rejection::message);
    var byNode = observed.pods().stream().flatMap(pod -> SandboxRefusal.of(pod).stream());
    return Stream.concat(byApiServer, byNode)
        .findFirst()
        .map(why ->
            status(
                SandboxKind.IN_PLACE,
                SandboxReason.Refused,
                "a Pod with a user namespace was refused: " + why));
  }

  private static SandboxStatus status(SandboxKind kind, SandboxReason reason, String message) {
    return new SandboxStatus(kind.apiName(), reason, message);
  }

  /**
   * The observation that task states are evaluated from. If the API server's rejection of a Pod has
   * just changed the sandbox, the rejection counts as temporary, because the next Pod has a
   * different sandbox.
   */
  public Observation effectiveObservation() {
    var isNew = selectedBefore().map(before -> kind(before) != kind(automatic())).orElse(true);
    if (automatic().reason() != SandboxReason.Refused || !isNew) {
      return observed;
    }
    var rejections = new LinkedHashMap<>(observed.rejections());
    inUserNamespaces()
        .map(StagePlan::id)
        .forEach(id -> rejections.computeIfPresent(id, (_, rejection) -> rejection.ofSandbox()));
    return observed.withRefusals(rejections);
  }

  private Stream<Rejection> stageRefusals() {
    return inUserNamespaces()
        .flatMap(stage -> Optional.ofNullable(observed.rejections().get(stage.id())).stream())
        .filter(rejection -> !rejection.temporary() && rejection.mayBeOfSandbox());
  }

  /** Stages for which {@code auto} selects a user namespace unless the cluster refuses it. */
  private Stream<StagePlan> inUserNamespaces() {
    return stages().filter(stage -> requirements().of(stage).isEmpty() && !mustBeInPlace(stage));
  }

  private Stream<StagePlan> stages() {
    return observed.knownPlan().stream().flatMap(plan -> plan.stages().stream());
  }
}
