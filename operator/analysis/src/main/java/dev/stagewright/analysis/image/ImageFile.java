package dev.stagewright.analysis.image;

import dev.stagewright.analysis.layer.FileFacts;
import dev.stagewright.analysis.layer.LayerFile;

/**
 * A file of an image.
 *
 * @param file the entry; a hard link has the type, size, and facts of its file
 * @param layer the index of the layer that the entry comes from, from 0
 */
public record ImageFile(LayerFile file, int layer) {
  /** The path without a leading slash. */
  public String path() {
    return file.path();
  }

  /** What was found in the content. */
  public FileFacts facts() {
    return file.facts();
  }
}
