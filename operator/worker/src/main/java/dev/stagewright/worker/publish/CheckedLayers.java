package dev.stagewright.worker.publish;

import dev.stagewright.analysis.image.ImageLayer;
import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.analysis.LayerInput;
import dev.stagewright.worker.analysis.LayerQueue;
import dev.stagewright.worker.registries.RegistryFailures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The layers of an image that is checked. Thread-safe.
 *
 * <p>New layers are on the workspace. Those of the base image are read from its registry, unless
 * they are large and nothing depends on it.
 */
final class CheckedLayers {
  /** Largest sum of the compressed layers of a base image that is read without a gate, in bytes. */
  private static final long LARGEST_BASE = 512 * 1024 * 1024;

  private final Blobs blobs;
  private final LayerQueue contents;
  private final boolean isGate;
  private final Set<Digest> skipped = new HashSet<>();

  /**
   * Creates the layers of a build.
   *
   * @param blobs opens layers
   * @param contents reads layers
   * @param isGate whether the build must not succeed without the contents of all layers
   */
  CheckedLayers(Blobs blobs, LayerQueue contents, boolean isGate) {
    this.blobs = blobs;
    this.contents = contents;
    this.isGate = isGate;
  }

  /** Starts to read layers. */
  synchronized void start(List<LayerSource> layers) {
    var baseSize =
        layers.stream()
            .filter(LayerSource.Base.class::isInstance)
            .mapToLong(layer -> layer.blob().size())
            .sum();
    for (var layer : layers) {
      switch (layer) {
        case LayerSource.Stage _ -> contents.startNew(input(layer));
        case LayerSource.Cached _ -> contents.startOld(input(layer));
        case LayerSource.Base _ -> {
          if (isGate || baseSize <= LARGEST_BASE) {
            contents.startOld(input(layer));
          } else {
            skipped.add(layer.diffId());
          }
        }
      }
    }
  }

  /** Reads all layers that were started or will be, also those that an earlier image may have. */
  void readAll() {
    contents.readAll();
  }

  private LayerInput input(LayerSource layer) {
    return new LayerInput(
        layer.diffId(), layer.blob().size(), layer.description(), () -> blobs.open(layer));
  }

  /** The layers of an image, or why not all of them are known. */
  sealed interface Read {
    /** All layers were read. */
    record Complete(List<ImageLayer> layers) implements Read {}

    /**
     * Not all layers were read.
     *
     * @param reason one sentence
     */
    record Incomplete(String reason) implements Read {}
  }

  /**
   * Waits for layers.
   *
   * @param layers of an image, the lowest first
   * @param origins of the layers
   * @throws BuildFailedException if a layer cannot be fetched from a registry, and the build has a
   *     gate
   */
  Read read(List<LayerSource> layers, List<LayerOrigin> origins) throws InterruptedException {
    start(layers);
    var read = new ArrayList<ImageLayer>();
    for (var layer : layers) {
      if (isSkipped(layer)) {
        return new Read.Incomplete(
            "the base image has more than "
                + new ByteCount(LARGEST_BASE)
                + ", and no gate of spec.checks needs it");
      }
      try {
        var content = contents.await(input(layer));
        if (!content.complete()) {
          return new Read.Incomplete(layer.description() + " has too many files");
        }
        var origin = origins.get(read.size());
        read.add(
            new ImageLayer(layer.blob().digest().toString(), layer.blob().size(), origin, content));
      } catch (RegistryException e) {
        if (isGate) {
          throw unavailable(e);
        }
        return unreadable(layer, e);
      } catch (IOException e) {
        return unreadable(layer, e);
      }
    }
    return new Read.Complete(List.copyOf(read));
  }

  private synchronized boolean isSkipped(LayerSource layer) {
    return skipped.contains(layer.diffId());
  }

  private static Read unreadable(LayerSource layer, IOException failure) {
    return new Read.Incomplete(layer.description() + " cannot be read: " + failure.getMessage());
  }

  private static BuildFailedException unavailable(RegistryException failure) {
    return new BuildFailedException(
        Failure.of(
            RegistryFailures.ofPull(failure.kind()),
            "the image cannot be checked: " + failure.getMessage()),
        failure);
  }
}
