package dev.stagewright.controller.template;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.util.List;
import java.util.Optional;

/**
 * Checks the templates and stage settings of a spec before a run starts.
 *
 * @param policy of the operator's configuration
 */
public record TemplateChecks(ImageBuildSpec spec, PodPolicy policy) {

  /** The first problem. Its message names the field. */
  public Optional<Failure> problem() {
    try {
      return PodPatch.all(spec).flatMap(patch -> problem(patch).stream()).findFirst();
    } catch (IllegalArgumentException e) {
      return Optional.of(invalid(String.valueOf(e.getMessage())));
    }
  }

  private Optional<Failure> problem(PodPatch patch) {
    PodSchema.check(patch);
    var changes = FieldChange.of(patch);
    var reserved = changes.stream().filter(ReservedFields::contain).findFirst();
    return reserved
        .map(change ->
            invalid(
                patch.sourceOf(change.field())
                    + " is reserved for Stagewright: a template can neither set nor remove it"))
        .or(() -> violation(patch, changes));
  }

  private Optional<Failure> violation(PodPatch patch, List<FieldChange> changes) {
    var check = new PolicyCheck(policy);
    return changes.stream()
        .flatMap(change ->
            check.violation(change).stream()
                .map(violation -> patch.sourceOf(change.field()) + " " + violation))
        .map(message -> Failure.of(FailureReason.Forbidden, message))
        .findFirst();
  }

  private static Failure invalid(String message) {
    return Failure.of(FailureReason.InvalidRequest, message);
  }
}
