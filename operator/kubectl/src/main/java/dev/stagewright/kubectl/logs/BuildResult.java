package dev.stagewright.kubectl.logs;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import java.util.Optional;

/**
 * The result of a finished run as one line.
 *
 * @param build name of the ImageBuild
 * @param status final status
 */
public record BuildResult(String build, ImageBuildStatus status) {

  /** Whether the image is in the registry. */
  public boolean isSuccess() {
    return status.phase() == BuildPhase.Succeeded;
  }

  /** The result, with the digest of the image or the reason of the failure. */
  public String message() {
    var after = Optional.ofNullable(status.duration()).map(it -> " after " + it).orElse("");
    var image = status.image();
    var failure = status.failure();
    if (isSuccess() && image != null) {
      var verb = status.hasUnchangedImage() ? "unchanged" : "pushed";
      return build + ": " + verb + " " + image.reference() + "@" + image.digest() + after;
    }
    return failure == null
        ? build + ": " + status.phase() + after
        : build + ": " + status.phase() + after + ": " + failure.reason() + describe(failure);
  }

  private static String describe(BuildFailure failure) {
    var text = new StringBuilder();
    if (failure.stage() != null) {
      text.append(", stage ").append(failure.stage());
    }
    if (failure.line() != null) {
      text.append(", line ").append(failure.line());
    }
    return text + ": " + failure.message();
  }
}
