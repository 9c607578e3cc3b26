package dev.stagewright.worker.prepare;

import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;

/**
 * Checks before the build whether an image can have the requested format. The layers of the base
 * image are not converted.
 */
record FormatCheck(ImageFormat format) {

  /**
   * Checks the base image.
   *
   * @throws BuildFailedException if the format does not support a layer of the base image
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
                  "spec.output.mediaTypes is docker, which does not support zstd, but the base image"
                      + " has a layer of the type %s (%s); set spec.output.mediaTypes to oci"
                          .formatted(blob.mediaType(), blob.digest()),
                  first.name(),
                  first.position()));
        });
  }
}
