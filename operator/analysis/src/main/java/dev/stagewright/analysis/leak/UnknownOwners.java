package dev.stagewright.analysis.leak;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.BaseLayers;
import dev.stagewright.analysis.image.ImageFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds files of users that the image does not know, for example of the machine that built them.
 */
final class UnknownOwners {
  private final AnalyzedImage image;
  private final BaseLayers base;

  UnknownOwners(AnalyzedImage image) {
    this.image = image;
    this.base = BaseLayers.of(image);
  }

  List<Finding> findings() {
    var known = known();
    if (known.isEmpty()) {
      return List.of();
    }
    var files = new TreeMap<Long, Owned>();
    for (var file : image.files().all()) {
      if (!base.contains(file) && !known.get().contains(file.file().uid())) {
        files.computeIfAbsent(file.file().uid(), _ -> new Owned(file)).count++;
      }
    }
    return files.entrySet().stream()
        .map(entry -> finding(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The users; empty if the content of the file is not known. */
  private Optional<Set<Long>> known() {
    var passwd = image.files().get("etc/passwd");
    if (passwd.isPresent() && passwd.get().facts().text().isEmpty()) {
      return Optional.empty();
    }
    var known = new HashSet<Long>();
    known.add(0L);
    // A number in USER is enough for the kernel.
    number(image.config().config().user().orElse("").split(":", 2)[0]).ifPresent(known::add);
    passwd.flatMap(file -> file.facts().text()).stream()
        .flatMap(String::lines)
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > 2)
        .forEach(fields -> number(fields[2]).ifPresent(known::add));
    return Optional.of(known);
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,10}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** The files of one user. */
  private static final class Owned {
    private final ImageFile first;
    private int count;

    Owned(ImageFile first) {
      this.first = first;
    }
  }

  private static Finding finding(long uid, Owned owned) {
    var place = Place.of(owned.first);
    var path = place.path().orElse("");
    var others = owned.count - 1;
    return LeakRule.UNKNOWN_OWNER.finding(
        Confidence.CERTAIN,
        place,
        "%s%s belong%s to user %d, whom /etc/passwd does not contain."
            .formatted(
                path,
                others == 0 ? "" : " and %d more".formatted(others),
                others == 0 ? "s" : "",
                uid),
        "Set the owner when the files are copied: COPY --chown=…, or tar --no-same-owner.");
  }
}
