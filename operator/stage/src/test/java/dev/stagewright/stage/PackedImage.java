package dev.stagewright.stage;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.stage.base.BaseImageUnpacker;
import dev.stagewright.stage.base.BaseImages;
import dev.stagewright.stage.base.UnpackLimit;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * An image whose only layer has the files of a directory. Stands for all images of a plan.
 *
 * @param layer uncompressed layer
 */
record PackedImage(Path layer) implements BaseImages {
  private static final ImageReference NAME = ImageReference.parse("docker.io/library/base:1");

  /** Packs a directory into a layer in another directory. */
  static PackedImage of(Path root, Path folder) throws IOException {
    var layer = folder.resolve("layer.tar");
    Tar.lines(
        "tar",
        "--create",
        "--format=posix",
        "--numeric-owner",
        "--xattrs",
        "--xattrs-include=*",
        "--file",
        layer.toString(),
        "--directory",
        root.toString(),
        ".");
    return new PackedImage(layer);
  }

  @Override
  public boolean provide(StageBase.Image image, RootFileSystem files) throws IOException {
    return new BaseImageUnpacker(
            (_, _) -> Files.newInputStream(layer), new UnpackLimit(1L << 30, 100_000))
        .provide(image(), files);
  }

  private StageBase.Image image() throws IOException {
    var bytes = Files.readAllBytes(layer);
    var digest = Digest.of(bytes);
    return new StageBase.Image(
        "base",
        NAME,
        NAME,
        List.of(
            new StageBase.BaseLayer(
                new Descriptor(MediaTypes.LAYER_GZIP, digest, bytes.length), digest)),
        Set.of(),
        List.of());
  }
}
