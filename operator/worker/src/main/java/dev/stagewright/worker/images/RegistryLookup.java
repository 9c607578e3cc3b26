package dev.stagewright.worker.images;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.registries.RegistryFailures;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks images up in their registries.
 *
 * @param client asks; closed with this
 * @param platform what is built
 */
public record RegistryLookup(RegistryClient client, Platform platform) implements ImageLookup {
  private static final int FEW_ATTEMPTS = 3;

  @Override
  public ImageInfo find(ImageUse use) {
    var reference = client.rewritten(reference(use));
    try {
      var found = resolve(reference);
      return new ImageInfo(
          use.name(),
          reference.pinned(found.descriptor().digest()),
          found.location(),
          layers(use, found.manifest().layers(), found.config().diffIds()),
          found.config());
    } catch (RegistryException e) {
      var hint = new RegistryHint(use.name(), reference).of(e);
      throw failure(use, RegistryFailures.ofPull(e.kind()), e.getMessage() + hint);
    }
  }

  /**
   * Where nobody answers, patience is of little use to a user who has the name of the registry
   * wrong: the Pod is tried again, and the status tells why.
   */
  private dev.stagewright.registry.pull.ResolvedImage resolve(ImageReference reference)
      throws RegistryException {
    try {
      return client.resolve(reference, platform, FEW_ATTEMPTS);
    } catch (RegistryException e) {
      if (!e.kind().isTransient() || e.answer().isEmpty()) {
        throw e;
      }
      return client.resolve(reference, platform);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static ImageReference reference(ImageUse use) {
    try {
      return ImageReference.parse(use.name());
    } catch (IllegalArgumentException e) {
      throw failure(use, FailureReason.DockerfileInvalid, String.valueOf(e.getMessage()));
    }
  }

  private static List<StageBase.BaseLayer> layers(
      ImageUse use, List<Descriptor> blobs, List<Digest> diffIds) {
    if (blobs.size() != diffIds.size()) {
      throw failure(
          use,
          FailureReason.Unsupported,
          "its manifest has %d layers, its config %d".formatted(blobs.size(), diffIds.size()));
    }
    var layers = new ArrayList<StageBase.BaseLayer>();
    for (var i = 0; i < blobs.size(); i++) {
      layers.add(new StageBase.BaseLayer(blobs.get(i), diffIds.get(i)));
    }
    return List.copyOf(layers);
  }

  private static BuildFailedException failure(ImageUse use, FailureReason reason, String why) {
    var what =
        switch (reason) {
          case BaseImageNotFound -> "was not found";
          case BaseImageUnauthorized -> "may not be pulled";
          case BaseImageUnavailable -> "could not be looked up";
          default -> "cannot be used";
        };
    return new BuildFailedException(
        Failure.at(
            reason,
            "image %s of stage %s %s: %s".formatted(use.name(), use.stage(), what, why),
            use.stage(),
            use.position()));
  }
}
