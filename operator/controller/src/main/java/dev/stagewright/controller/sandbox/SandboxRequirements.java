package dev.stagewright.controller.sandbox;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.SandboxChoice;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.template.PodTemplates;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StagePlan;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the sandboxes that the spec and the configuration require. */
record SandboxRequirements(ImageBuildSpec spec, OperatorConfig config) {

  /**
   * The only sandbox that is acceptable.
   *
   * @param source says what requires it, as a clause
   */
  record Requirement(SandboxKind kind, String source) {}

  /** The requirement for the run; empty for {@code auto}. */
  Optional<Requirement> ofRun() {
    return Stream.of(
            requirement(spec.sandbox(), "spec.sandbox requests it"),
            requirement(config.sandbox(), "the operator's configuration requests it"),
            onlyOneAllowed())
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The requirement for a stage; empty for {@code auto}. */
  Optional<Requirement> of(StagePlan stage) {
    var settings =
        new PodTemplates(spec)
            .settings(stage)
            .flatMap(it -> Optional.ofNullable(it.sandbox()).map(_ -> it));
    return settings.isEmpty() ? ofRun() : settings.flatMap(this::requirement);
  }

  private Optional<Requirement> requirement(StageSettings settings) {
    return Optional.ofNullable(settings.sandbox())
        .flatMap(choice -> requirement(choice, field(settings) + " requests it"))
        .or(this::onlyOneAllowed);
  }

  private static Optional<Requirement> requirement(SandboxChoice choice, String source) {
    return SandboxKind.named(choice.name()).map(kind -> new Requirement(kind, source));
  }

  private static String field(StageSettings settings) {
    return "spec.stages[" + settings.name() + "].sandbox";
  }

  private Optional<Requirement> onlyOneAllowed() {
    return config.allowedSandboxes().size() == 1
        ? Optional.of(
            new Requirement(
                config.allowedSandboxes().iterator().next(),
                "the operator's configuration allows no other"))
        : Optional.empty();
  }

  /** Why a required sandbox is not allowed. */
  Optional<Failure> problem() {
    return spec.stages().stream()
        .filter(settings -> settings.sandbox() != null)
        .flatMap(
            settings -> requirement(settings).flatMap(it -> problem(field(settings), it)).stream())
        .findFirst()
        .or(() -> ofRun().flatMap(requirement -> problem("spec.sandbox", requirement)));
  }

  private Optional<Failure> problem(String field, Requirement requirement) {
    return config.allowedSandboxes().contains(requirement.kind())
        ? Optional.empty()
        : Optional.of(
            Failure.of(
                FailureReason.SandboxUnavailable,
                "%s is %s, but the operator's configuration allows only %s"
                    .formatted(
                        field,
                        requirement.kind().apiName(),
                        config.allowedSandboxes().stream()
                            .map(SandboxKind::apiName)
                            .collect(Collectors.joining(", ")))));
  }
}
