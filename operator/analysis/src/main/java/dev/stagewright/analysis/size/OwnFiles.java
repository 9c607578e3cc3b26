package dev.stagewright.analysis.size;

import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.BaseLayers;
import dev.stagewright.analysis.image.PackageLayers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that the user of an image brought along: those on the base image, without packages of
 * the distribution and what {@link FileClassifier} knows.
 */
final class OwnFiles {
  private final FileClassifier classifier = new FileClassifier();
  private final BaseLayers base;
  private final PackageLayers packages;

  OwnFiles(AnalyzedImage image, BaseLayers base) {
    this.base = base;
    this.packages = PackageLayers.of(image);
  }

  List<SizedFile> of(List<SizedFile> files) {
    return files.stream().filter(this::isOwn).toList();
  }

  private boolean isOwn(SizedFile file) {
    return !base.contains(file.layer())
        && !packages.contains(file.path(), file.layer())
        && classifier.classify(file.path()).isEmpty();
  }

  private static String first(String path) {
    var slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }

  /** The directories and files that contain own files, for COPY instructions, the largest first. */
  static List<String> roots(List<SizedFile> own) {
    Map<String, Long> bytes = new HashMap<>();
    own.forEach(file -> bytes.merge(root(file.path()), file.bytes(), Long::sum));
    return bytes.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> SizedFile.text(entry.getKey()))
        .toList();
  }

  /** What one copies: /app, but /usr/local/bin/app and /etc/app. */
  private static String root(String path) {
    var depth =
        switch (first(path)) {
          case "usr" -> path.startsWith("usr/local/") ? 4 : 3;
          case "var" -> 3;
          case "etc", "opt", "home", "srv", "root", "bin", "sbin", "lib", "lib64" -> 2;
          default -> 1;
        };
    var parts = new ArrayList<>(List.of(path.split("/")));
    return String.join("/", parts.subList(0, Math.min(depth, parts.size())));
  }
}
