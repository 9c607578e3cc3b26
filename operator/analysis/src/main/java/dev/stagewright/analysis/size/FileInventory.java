package dev.stagewright.analysis.size;

import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageLayer;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.layers.tar.TarEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All regular files of all layers: those that a container sees, and those that a later layer hides.
 *
 * @param visible what a container sees
 * @param hidden what it does not see
 */
record FileInventory(List<SizedFile> visible, List<Hidden> hidden) {

  /** A file that a later layer deletes or overwrites. */
  record Hidden(SizedFile file, int by, HiddenFiles.Cause cause) {}

  static FileInventory of(AnalyzedImage image) {
    return new Collector(image).collect();
  }

  /** Goes through the layers from the highest to the lowest. */
  private static final class Collector {
    private final AnalyzedImage image;
    private final CompressionRatios ratios;
    private final LaterChanges later = new LaterChanges();
    private final List<SizedFile> visible = new ArrayList<>();
    private final List<Hidden> hidden = new ArrayList<>();

    Collector(AnalyzedImage image) {
      this.image = image;
      this.ratios = CompressionRatios.of(image);
    }

    FileInventory collect() {
      for (var index = image.layers().size() - 1; index >= 0; index--) {
        var layer = image.layers().get(index);
        collect(layer, index);
        if (index > 0) {
          later.add(layer.content(), index);
        }
      }
      return new FileInventory(visible, hidden);
    }

    private void collect(ImageLayer layer, int index) {
      var files = layer.content().files();
      var links = visibleLinks(files, index);
      for (var file : files) {
        // A hard link has no content of its own.
        if (file.type() == TarEntry.Type.FILE) {
          add(file, index, ratios.compressed(file.size(), index), links);
        }
      }
    }

    private void add(LayerFile file, int layer, long compressed, Map<String, String> links) {
      var path = isVisible(file.path(), layer) ? file.path() : links.get(file.path());
      if (path != null) {
        visible.add(new SizedFile(file, path, layer, compressed));
        return;
      }
      later
          .hider(file)
          .ifPresent(by ->
              hidden.add(
                  new Hidden(
                      new SizedFile(file, file.path(), layer, compressed),
                      by.layer(),
                      by.cause())));
    }

    private boolean isVisible(String path, int layer) {
      return image.files().get(path).filter(file -> file.layer() == layer).isPresent();
    }

    /** Hard links that a container sees, by the path of their file. */
    private Map<String, String> visibleLinks(List<LayerFile> files, int layer) {
      var links = new HashMap<String, String>();
      for (var file : files) {
        if (file.type() == TarEntry.Type.HARD_LINK && isVisible(file.path(), layer)) {
          links.put(file.link(), file.path());
        }
      }
      return links;
    }
  }
}
