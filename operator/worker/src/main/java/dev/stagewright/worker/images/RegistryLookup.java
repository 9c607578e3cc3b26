package dev.stagewright.worker.images;

import dev.stagewright.dockerfile.eval.RequiredImage;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.registries.RegistryFailures;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks up images in their registries.
 *
 * @param client registry client; closed with the lookup
 * @param platform of the build
 * @param dockerfile path of the Dockerfile inside the source, for failures
 */
public record RegistryLookup(RegistryClient client, Platform platform, String dockerfile)
    implements ImageLookup {
  private static final int FEW_ATTEMPTS = 3;

  @Override
  public ImageInfo find(RequiredImage image) {
    var reference = client.rewritten(reference(image));
    try {
      var found = resolve(reference);
      return new ImageInfo(
          image.name(),
          reference.pinned(found.descriptor().digest()),
          found.location(),
          layers(image, found.manifest().layers(), found.config().diffIds()),
          found.config());
    } catch (RegistryException e) {
      var hint = new RegistryHint(image.name(), reference).of(e);
      throw failure(image, RegistryFailures.ofPull(e.kind()), e.getMessage() + hint);
    }
  }

  /**
   * If a registry does not answer, the name of the registry may be wrong. A few attempts are
   * enough: the operator retries the Pod, and the status shows the reason.
   */
  private dev.stagewright.registry.pull.ResolvedImage resolve(ImageReference reference)
      throws RegistryException {
    try {
      return client.resolve(reference, platform, FEW_ATTEMPTS);
    } catch (RegistryException e) {
      if (!e.kind().isTransient() || e.response().isEmpty()) {
        throw e;
      }
      return client.resolve(reference, platform);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private ImageReference reference(RequiredImage image) {
    try {
      return ImageReference.parse(image.name());
    } catch (IllegalArgumentException e) {
      throw failure(image, FailureReason.DockerfileInvalid, String.valueOf(e.getMessage()));
    }
  }

  private List<StageBase.BaseLayer> layers(
      RequiredImage image, List<Descriptor> blobs, List<Digest> diffIds) {
    if (blobs.size() != diffIds.size()) {
      throw failure(
          image,
          FailureReason.Unsupported,
          "the manifest has %d layers, but the config has %d"
              .formatted(blobs.size(), diffIds.size()));
    }
    var layers = new ArrayList<StageBase.BaseLayer>();
    for (var i = 0; i < blobs.size(); i++) {
      layers.add(new StageBase.BaseLayer(blobs.get(i), diffIds.get(i)));
    }
    return List.copyOf(layers);
  }

  private BuildFailedException failure(RequiredImage image, FailureReason reason, String why) {
    var problem =
        switch (reason) {
          case BaseImageNotFound -> "was not found";
          case BaseImageUnauthorized -> "cannot be pulled";
          case BaseImageUnavailable -> "could not be looked up";
          default -> "cannot be used";
        };
    return new BuildFailedException(
        Failure.at(
            reason,
            "image %s of stage %s %s: %s".formatted(image.name(), image.stageName(), problem, why),
            image.stageName(),
            new InstructionPosition(dockerfile, image.position().line(), image.instruction())));
  }
}
