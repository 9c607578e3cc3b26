package dev.stagewright.stage.base;

import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.files.ArchiveFormat;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Unpacks base images into roots, with the result of a container runtime. Layers are streamed and
 * verified; no name or link in a layer leads out of the root.
 */
public final class BaseImageUnpacker implements BaseImages {
  private final Layers layers;
  private final UnpackLimit limit;

  /**
   * Unpacks images.
   *
   * @param limit the largest image
   */
  public BaseImageUnpacker(Layers layers, UnpackLimit limit) {
    this.layers = layers;
    this.limit = limit;
  }

  /** Opens the layers of images. */
  @FunctionalInterface
  public interface Layers {
    /**
     * Opens the compressed content of a layer. The stream fails at its end if the content does not
     * match the digest of the blob.
     */
    InputStream open(StageBase.Image image, StageBase.BaseLayer layer) throws IOException;
  }

  /**
   * Unpacks an image.
   *
   * @throws BaseTooLargeException if the image exceeds the limit
   * @throws IOException if a layer is corrupt or cannot be read
   */
  @Override
  public boolean provide(StageBase.Image image, RootFileSystem files) throws IOException {
    var budget = new UnpackBudget(limit);
    var applier = new LayerApplier(files, Exclusions.of(List.of()), budget);
    for (var layer : image.layers()) {
      try (var blob = layers.open(image, layer)) {
        apply(layer, blob, budget, applier);
      }
    }
    return !image.layers().isEmpty();
  }

  private static void apply(
      StageBase.BaseLayer layer, InputStream blob, UnpackBudget budget, LayerApplier applier)
      throws IOException {
    var content = new LayerInput(ArchiveFormat.decompress(new MemberInput(blob)), budget);
    applier.apply(new TarReader(content), Optional.empty());
    content.transferTo(OutputStream.nullOutputStream());
    blob.transferTo(OutputStream.nullOutputStream());
    if (!content.digest().equals(layer.diffId())) {
      throw new IOException(
          "layer %s is corrupt: its content does not match %s"
              .formatted(layer.blob().digest(), layer.diffId()));
    }
  }

  /**
   * Never reports that no more bytes are available: the gzip reader of the JDK would take that for
   * the end, but a layer may consist of several gzip members.
   */
  private static final class MemberInput extends FilterInputStream {
    MemberInput(InputStream in) {
      super(in);
    }

    @Override
    public int available() throws IOException {
      return Math.max(1, super.available());
    }
  }
}
