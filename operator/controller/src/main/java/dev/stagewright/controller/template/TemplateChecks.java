package dev.stagewright.controller.template;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.util.Optional;

/**
 * Tells before anything runs what is wrong with what a spec asks of Pods.
 *
 * @param policy what the operator's configuration lets users have
 */
public record TemplateChecks(ImageBuildSpec spec, PodPolicy policy) {

  /** The first thing that is wrong; it names the field. */
  public Optional<Failure> problem() {
    try {
      return new PodPatches(spec).all().flatMap(patch -> problem(patch).stream()).findFirst();
    } catch (IllegalArgumentException e) {
      return Optional.of(invalid(String.valueOf(e.getMessage())));
    }
  }

  private Optional<Failure> problem(PodPatch patch) {
    PodSchema.check(patch);
    var touches = FieldChange.of(patch);
    var own = touches.stream().filter(ReservedFields::concernedBy).findFirst();
    if (own.isPresent()) {
      return Optional.of(
          invalid(
              patch.place(own.get().field())
                  + " is Stagewright's own: it can neither be set nor removed"));
    }
    return touches.stream()
        .flatMap(touch ->
            new PolicyCheck(policy)
                .objection(touch).stream()
                    .map(why ->
                        Failure.of(
                            FailureReason.Forbidden, patch.place(touch.field()) + " " + why)))
        .findFirst();
  }

  private static Failure invalid(String message) {
    return Failure.of(FailureReason.InvalidRequest, message);
  }
}
