package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxReason;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxStatus;
import dev.stagewright.api.v1alpha1.SandboxChoice;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.Refusal;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StagePlan;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which sandbox the stages of a run get.
 *
 * <p>What is asked for is given, or the build fails. {@code auto} tries user namespaces where the
 * versions of the cluster promise them; when the API server refuses such a Pod, or a node cannot
 * start it, all that is still to come of the run goes in place.
 *
 * @param obstacle why the cluster cannot do user namespaces; empty where it can
 */
record Sandboxing(Observation observed, OperatorConfig config, Optional<String> obstacle) {

  /** The one kind that will do, and who says so. */
  private record Wish(SandboxKind kind, String who) {}

  /** Whether in place will do where a user namespace is not to be had. */
  boolean isAuto() {
    return wish().isEmpty();
  }

  SandboxKind kind() {
    return kind(status());
  }

  private static SandboxKind kind(SandboxStatus status) {
    return SandboxKind.named(status.kind()).orElse(SandboxKind.IN_PLACE);
  }

  /** What is chosen, and why. */
  SandboxStatus status() {
    var wish = wish();
    if (wish.isPresent()) {
      return status(wish.get().kind(), SandboxReason.Requested, wish.get().who());
    }
    var chosen = chosenBefore().orElseGet(this::byVersions);
    return kind(chosen) == SandboxKind.IN_PLACE ? chosen : refused().orElse(chosen);
  }

  private Optional<Wish> wish() {
    return Stream.of(
            wish(observed.spec().sandbox(), "spec.sandbox asks for it"),
            wish(config.sandbox(), "the operator's configuration asks for it"),
            onlyOneAllowed())
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Wish> wish(SandboxChoice choice, String who) {
    return SandboxKind.named(choice.name()).map(kind -> new Wish(kind, who));
  }

  private Optional<Wish> onlyOneAllowed() {
    return config.allowedSandboxes().size() == 1
        ? Optional.of(
            new Wish(
                config.allowedSandboxes().iterator().next(),
                "the operator's configuration allows no other"))
        : Optional.empty();
  }

  private Optional<SandboxStatus> chosenBefore() {
    return observed.previous().map(ImageBuildStatus::sandbox);
  }

  private SandboxStatus byVersions() {
    return obstacle
        .map(why ->
            status(
                SandboxKind.IN_PLACE,
                SandboxReason.Unavailable,
                "not every node can give Pods user namespaces: " + why))
        .orElseGet(() ->
            status(
                SandboxKind.USER_NAMESPACE,
                SandboxReason.Available,
                "the cluster can give Pods user namespaces"));
  }

  private Optional<SandboxStatus> refused() {
    var byApiServer = stageRefusals().map(Refusal::message);
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

  /** What makes the wish impossible. */
  Optional<Failure> problem() {
    return wish()
        .filter(wish -> !config.allowedSandboxes().contains(wish.kind()))
        .map(wish ->
            Failure.of(
                FailureReason.SandboxUnavailable,
                "spec.sandbox is %s, but the operator's configuration allows only %s"
                    .formatted(
                        wish.kind().apiName(),
                        config.allowedSandboxes().stream()
                            .map(SandboxKind::apiName)
                            .collect(Collectors.joining(", ")))));
  }

  /**
   * The observation as parts are to be judged by: where the API server's refusal of a stage's Pod
   * has just changed the sandbox, it passes, since the next Pod will be another.
   */
  Observation assessable() {
    var isNew = chosenBefore().map(before -> kind(before) != kind()).orElse(true);
    if (!isAuto() || status().reason() != SandboxReason.Refused || !isNew) {
      return observed;
    }
    var refusals = new LinkedHashMap<>(observed.refusals());
    stages()
        .map(StagePlan::id)
        .forEach(id -> refusals.computeIfPresent(id, (_, refusal) -> refusal.ofSandbox()));
    return observed.withRefusals(refusals);
  }

  private Stream<Refusal> stageRefusals() {
    return stages()
        .flatMap(stage -> Optional.ofNullable(observed.refusals().get(stage.id())).stream())
        .filter(refusal -> !refusal.passing());
  }

  private Stream<StagePlan> stages() {
    return observed.knownPlan().stream().flatMap(plan -> plan.stages().stream());
  }
}
