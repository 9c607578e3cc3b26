package dev.stagewright.analysis.leak;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.BaseLayers;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.layer.FileFacts.Secret;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.layers.tar.TarEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds secrets in the files of all layers, also in those that no container sees. */
final class SecretFiles {
  private static final String FIX =
      "Mount it only while it is needed: RUN --mount=type=secret,id=…; add the file to"
          + " .dockerignore, and replace the secret, because images are copied and cached.";

  /** Forms of secrets that are in packages of languages for tests. */
  private static final Set<String> TEST_KINDS =
      Set.of("private-key", "encrypted-private-key", "jwt");

  private final AnalyzedImage image;
  private final BaseLayers base;

  SecretFiles(AnalyzedImage image) {
    this.image = image;
    this.base = BaseLayers.of(image);
  }

  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    for (var layer = 0; layer < image.layers().size(); layer++) {
      if (!base.contains(layer)) {
        for (var file : image.layers().get(layer).content().files()) {
          finding(file, layer).ifPresent(findings::add);
        }
      }
    }
    return findings;
  }

  private Optional<Finding> finding(LayerFile file, int layer) {
    var path = file.path();
    if (file.type() != TarEntry.Type.FILE || file.size() == 0) {
      return Optional.empty();
    }
    var match = CredentialFiles.match(path);
    var isOrdinary = file.facts().secrets().isEmpty() && match == CredentialFiles.Match.NONE;
    if (isOrdinary || LibraryFiles.isTest(path)) {
      return Optional.empty();
    }
    var place = Place.of(new ImageFile(file, layer));
    var secrets = secrets(file);
    if (!secrets.isEmpty()) {
      return Optional.of(content(place, path, layer, secrets));
    }
    return LibraryFiles.isLibrary(path) ? Optional.empty() : name(match, place, path, layer);
  }

  private static List<Secret> secrets(LayerFile file) {
    var isLibrary = LibraryFiles.isLibrary(file.path());
    return file.facts().secrets().stream()
        .filter(secret -> !isLibrary || !TEST_KINDS.contains(secret.kind()))
        .toList();
  }

  private Finding content(Place place, String path, int layer, List<Secret> secrets) {
    var kinds = secrets.stream().map(Secret::kind).distinct().collect(Collectors.joining(", "));
    var line = secrets.getFirst().line();
    var what = place.path().orElse("") + (line > 0 ? ", line " + line : "") + ": " + kinds;
    if (isHidden(path, layer)) {
      return hidden(Confidence.LIKELY, place, "looks like a secret (" + kinds + ")");
    }
    var severity = kinds.equals("encrypted-private-key") ? Severity.WARNING : Severity.ERROR;
    return LeakRule.SECRET_IN_FILE.finding(
        severity, Confidence.LIKELY, place, "The image contains a secret: " + what + ".", FIX);
  }

  private Optional<Finding> name(CredentialFiles.Match match, Place place, String path, int layer) {
    var text = place.path().orElse("");
    if (match == CredentialFiles.Match.CREDENTIALS && isHidden(path, layer)) {
      return Optional.of(hidden(Confidence.LIKELY, place, "is a file for credentials"));
    }
    return switch (match) {
      case CREDENTIALS ->
          Optional.of(
              LeakRule.CREDENTIAL_FILE.finding(
                  Confidence.LIKELY, place, text + " is a file for credentials.", FIX));
      case OFTEN ->
          Optional.of(
              LeakRule.POSSIBLE_CREDENTIAL_FILE.finding(
                  Confidence.POSSIBLE, place, text + " often contains credentials.", FIX));
      case SOMETIMES ->
          Optional.of(
              LeakRule.POSSIBLE_CREDENTIAL_FILE.finding(
                  Severity.HINT,
                  Confidence.POSSIBLE,
                  place,
                  text + " can contain credentials; none of a known form were found.",
                  FIX));
      case NONE -> Optional.empty();
    };
  }

  private Finding hidden(Confidence confidence, Place place, String what) {
    return LeakRule.SECRET_IN_DELETED_FILE.finding(
        confidence,
        place,
        "%s %s. A later instruction deletes or overwrites it, but the layer still contains it."
            .formatted(place.path().orElse(""), what),
        FIX);
  }

  private boolean isHidden(String path, int layer) {
    return image.files().get(path).filter(file -> file.layer() == layer).isEmpty();
  }
}
