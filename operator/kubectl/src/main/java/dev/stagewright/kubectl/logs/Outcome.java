package dev.stagewright.kubectl.logs;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import java.util.Optional;

/**
 * How a run ended, in a sentence.
 *
 * @param build name of the ImageBuild
 * @param status at its end
 */
record Outcome(String build, ImageBuildStatus status) {

  boolean isGood() {
    return status.phase() == BuildPhase.Succeeded;
  }

  String sentence() {
    var after = Optional.ofNullable(status.duration()).map(it -> " after " + it).orElse("");
    var image = status.image();
    var failure = status.failure();
    if (isGood() && image != null) {
      return build + ": pushed " + image.reference() + "@" + image.digest() + after;
    }
    return failure == null
        ? build + ": " + status.phase() + after
        : build + ": " + status.phase() + after + ": " + failure.reason() + place(failure);
  }

  private static String place(BuildFailure failure) {
    var place = new StringBuilder();
    if (failure.stage() != null) {
      place.append(", stage ").append(failure.stage());
    }
    if (failure.line() != null) {
      place.append(", line ").append(failure.line());
    }
    return place + ": " + failure.message();
  }
}
