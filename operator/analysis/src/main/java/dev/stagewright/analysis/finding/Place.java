package dev.stagewright.analysis.finding;

import dev.stagewright.analysis.image.ImageFile;
import java.util.Optional;

/**
 * What a finding is about.
 *
 * @param path absolute path of a file; empty if it is about the config
 * @param layer index of the layer that the file comes from, from 0; empty without a file
 */
public record Place(Optional<String> path, Optional<Integer> layer) {
  /** The config of the image. */
  public static final Place CONFIG = new Place(Optional.empty(), Optional.empty());

  /** A file. */
  public static Place of(ImageFile file) {
    return new Place(Optional.of("/" + file.path()), Optional.of(file.layer()));
  }

  /** A path at which there is no file. */
  public static Place missing(String path) {
    return new Place(Optional.of(path), Optional.empty());
  }
}
