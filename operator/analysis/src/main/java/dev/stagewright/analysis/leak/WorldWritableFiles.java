package dev.stagewright.analysis.leak;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.BaseLayers;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.layer.LayerFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds directories and files that all users can change. One finding for a directory covers
 * everything below it.
 */
final class WorldWritableFiles {
  private static final int WRITABLE = 0002;
  private static final int STICKY = 01000;

  private final AnalyzedImage image;
  private final BaseLayers base;

  WorldWritableFiles(AnalyzedImage image) {
    this.image = image;
    this.base = BaseLayers.of(image);
  }

  List<Finding> findings() {
    var known = known();
    Map<String, Integer> directories = new LinkedHashMap<>();
    Map<String, List<ImageFile>> files = new LinkedHashMap<>();
    Map<String, ImageFile> places = new HashMap<>();
    for (var file : image.files().all()) {
      if (base.contains(file) || !isWritable(file.file()) || known.contains(file.path())) {
        continue;
      }
      var above = ancestor(file.path(), directories);
      if (above.isPresent()) {
        directories.merge(above.get(), 1, Integer::sum);
      } else if (file.file().isDirectory()) {
        directories.put(file.path(), 0);
        places.put(file.path(), file);
      } else {
        files.computeIfAbsent(parent(file.path()), _ -> new ArrayList<>()).add(file);
      }
    }
    var findings = new ArrayList<Finding>();
    directories.forEach((path, below) ->
        findings.add(directory(Optional.ofNullable(places.get(path)).orElseThrow(), below)));
    files.values().forEach(list -> findings.add(files(list)));
    return findings;
  }

  /** What the base image has like this. */
  private Set<String> known() {
    var known = new HashSet<String>();
    for (var layer = 0; layer < image.layers().size(); layer++) {
      if (base.contains(layer)) {
        image.layers().get(layer).content().files().stream()
            .filter(WorldWritableFiles::isWritable)
            .forEach(file -> known.add(file.path()));
      }
    }
    return known;
  }

  private static boolean isWritable(LayerFile file) {
    return (file.mode() & WRITABLE) != 0
        && (file.isFile() || (file.isDirectory() && (file.mode() & STICKY) == 0));
  }

  private static Optional<String> ancestor(String path, Map<String, Integer> directories) {
    for (var end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      if (directories.containsKey(path.substring(0, end))) {
        return Optional.of(path.substring(0, end));
      }
    }
    return Optional.empty();
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static Finding directory(ImageFile directory, int below) {
    var place = Place.of(directory);
    var path = place.path().orElse("");
    return finding(
        place,
        "All users can create, replace, and delete files in %s%s."
            .formatted(
                path,
                below == 0 ? "" : ", and change %d files and directories in it".formatted(below)),
        path);
  }

  private static Finding files(List<ImageFile> files) {
    var place = Place.of(files.getFirst());
    var path = place.path().orElse("");
    var others = files.size() - 1;
    return finding(
        place,
        "All users can change %s%s."
            .formatted(
                path, others == 0 ? "" : " and %d more in the same directory".formatted(others)),
        path);
  }

  private static Finding finding(Place place, String message, String path) {
    return LeakRule.WORLD_WRITABLE.finding(
        Confidence.CERTAIN,
        place,
        message,
        "Give it to the user of the container (COPY --chown), or RUN chmod o-w " + path);
  }
}
