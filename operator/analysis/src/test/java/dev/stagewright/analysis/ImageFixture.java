package dev.stagewright.analysis;

import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageLayer;
import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds images for tests. Each layer compresses to half of its size. */
public final class ImageFixture {
  private final List<ImageLayer> layers = new ArrayList<>();
  private final List<History> history = new ArrayList<>();
  private ContainerConfig config = ContainerConfig.EMPTY;

  /** Adds a layer of the base image. */
  public ImageFixture base(LayerFile... files) {
    return add("base", true, content(List.of(), List.of(), files));
  }

  /** Adds a layer of the user. */
  public ImageFixture layer(String instruction, LayerFile... files) {
    return add(instruction, false, content(List.of(), List.of(), files));
  }

  /** Adds a layer that removes paths. */
  public ImageFixture remove(String... paths) {
    return add("RUN rm", false, content(List.of(paths), List.of()));
  }

  /** Adds a layer that removes what lower layers have in a directory. */
  public ImageFixture replaceDirectory(String path, LayerFile... files) {
    return add("RUN replace", false, content(List.of(), List.of(path), files));
  }

  private static LayerContent content(
      List<String> removed, List<String> opaque, LayerFile... files) {
    return new LayerContent(List.of(files), removed, opaque, true);
  }

  private ImageFixture add(String instruction, boolean base, LayerContent content) {
    var line = layers.size() + 1;
    var origin =
        new LayerOrigin(
            Optional.of(instruction),
            base ? Optional.empty() : Optional.of(line),
            base ? Optional.empty() : Optional.of("final"),
            base);
    var size = content.files().stream().mapToLong(LayerFile::size).sum() / 2;
    layers.add(new ImageLayer("sha256:" + line, size, origin, content));
    return history(instruction, false);
  }

  /** Adds an entry without a layer to the history. */
  public ImageFixture history(String createdBy) {
    return history(createdBy, true);
  }

  private ImageFixture history(String createdBy, boolean emptyLayer) {
    history.add(
        new History(
            Optional.empty(),
            Optional.of(createdBy),
            Optional.empty(),
            Optional.empty(),
            emptyLayer));
    return this;
  }

  /** Changes the config. */
  public ImageFixture config(UnaryOperator<ContainerConfig> change) {
    config = change.apply(config);
    return this;
  }

  /** Sets the entry point. */
  public ImageFixture entrypoint(String... command) {
    return config(c -> c.withEntrypoint(List.of(command)));
  }

  /** The image. */
  public AnalyzedImage build() {
    return AnalyzedImage.of(
        ImageConfig.scratch(Platform.parse("linux/amd64")).withConfig(config).withHistory(history),
        layers);
  }
}
