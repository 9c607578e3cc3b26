package dev.stagewright.worker.prepare;

import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;

/**
 * Finds out before anything runs whether an image can have its format: the layers of its base come
 * with it as they are.
 */
record FormatCheck(ImageFormat format) {

  /**
   * Checks the base of the image.
   *
   * @throws BuildFailedException if the format cannot express one of its layers
   */
  void check(BuildPlan plan) {
    if (format != ImageFormat.DOCKER) {
      return;
    }
    var first = plan.chain().getFirst();
    plan.baseImage().stream()
        .flatMap(image -> image.layers().stream())
        .map(layer -> layer.blob())
        .filter(blob -> MediaTypes.dockerLayer(blob.mediaType()).isEmpty())
        .findFirst()
        .ifPresent(blob -> {
          throw new BuildFailedException(
              Failure.at(
                  FailureReason.Unsupported,
                  "spec.output.mediaTypes is docker, which knows no zstd, but the base image has a"
                      + " layer of the type %s (%s); use oci"
                          .formatted(blob.mediaType(), blob.digest()),
                  first.name(),
                  first.position()));
        });
  }
}
