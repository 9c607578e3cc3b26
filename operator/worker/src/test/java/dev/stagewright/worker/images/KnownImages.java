package dev.stagewright.worker.images;

import dev.stagewright.dockerfile.eval.RequiredImage;
import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.StageBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An image lookup with fixed images, each with one layer.
 *
 * @param configs container configs, by image name
 */
public record KnownImages(Map<String, ContainerConfig> configs) implements ImageLookup {

  /** Images with empty container configs. */
  public static KnownImages plain(String... names) {
    return new KnownImages(
        List.of(names).stream()
            .collect(Collectors.toMap(name -> name, _ -> ContainerConfig.EMPTY)));
  }

  @Override
  public ImageInfo find(RequiredImage image) {
    var config = configs.get(image.name());
    if (config == null) {
      throw new BuildFailedException(
          Failure.at(
              FailureReason.BaseImageNotFound,
              image.name() + ": not found",
              image.stageName(),
              new InstructionPosition("Dockerfile", image.position().line(), image.instruction())));
    }
    return image(image.name(), config);
  }

  /** The pinned reference of an image. */
  public static ImageReference pinned(String name) {
    return ImageReference.parse(name).pinned(digest(name + " manifest"));
  }

  /** The layer of an image. */
  public static StageBase.BaseLayer layer(String name) {
    return new StageBase.BaseLayer(
        new Descriptor(MediaTypes.LAYER_GZIP, digest(name), name.length()), digest(name + " diff"));
  }

  private static ImageInfo image(String name, ContainerConfig config) {
    var pinned = pinned(name);
    var history =
        new History(Optional.empty(), Optional.of(name), Optional.empty(), Optional.empty(), false);
    return new ImageInfo(
        name,
        pinned,
        pinned,
        List.of(layer(name)),
        ImageConfig.scratch(Platform.LINUX_AMD64).withConfig(config).withHistory(List.of(history)));
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
