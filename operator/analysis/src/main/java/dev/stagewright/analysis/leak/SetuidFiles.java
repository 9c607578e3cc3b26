package dev.stagewright.analysis.leak;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.BaseLayers;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.PackageLayers;
import dev.stagewright.analysis.layer.LayerFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds setuid and setgid programs that the base image does not have. */
final class SetuidFiles {
  private static final int SETUID = 04000;
  private static final int SETGID = 02000;
  private static final int EXECUTABLE = 0111;

  private final AnalyzedImage image;
  private final BaseLayers base;
  private final PackageLayers packages;

  SetuidFiles(AnalyzedImage image) {
    this.image = image;
    this.base = BaseLayers.of(image);
    this.packages = PackageLayers.of(image);
  }

  List<Finding> findings() {
    var known = known();
    return image.files().all().stream()
        .filter(file -> isSetuid(file.file()))
        .filter(file -> !base.contains(file) && !known.contains(file.path()))
        .map(this::finding)
        .toList();
  }

  private Set<String> known() {
    var known = new HashSet<String>();
    for (var layer = 0; layer < image.layers().size(); layer++) {
      if (base.contains(layer)) {
        image.layers().get(layer).content().files().stream()
            .filter(SetuidFiles::isSetuid)
            .forEach(file -> known.add(file.path()));
      }
    }
    return known;
  }

  private static boolean isSetuid(LayerFile file) {
    return file.isFile()
        && (file.mode() & (SETUID | SETGID)) != 0
        && (file.mode() & EXECUTABLE) != 0;
  }

  private Finding finding(ImageFile file) {
    var place = Place.of(file);
    var path = place.path().orElse("");
    var isUser = (file.file().mode() & SETUID) != 0;
    return LeakRule.SETUID_FILE.finding(
        packages.contains(file.path(), file.layer()) ? Severity.HINT : Severity.WARNING,
        Confidence.CERTAIN,
        place,
        "%s runs with the permissions of its %s (%s), whoever starts it."
            .formatted(path, isUser ? "owner" : "group", isUser ? "setuid" : "setgid"),
        "If nothing needs this: RUN chmod u-s,g-s %s, in the instruction that installs it. Pods with"
                .formatted(path)
            + " allowPrivilegeEscalation: false ignore the bit.");
  }
}
