package dev.stagewright.kubectl.check;

import dev.stagewright.analysis.report.Report;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.protocol.Json;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.pull.Referrer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the report that a build has attached to its image.
 *
 * @param client client of the registry
 */
record AttachedReports(RegistryClient client) {
  private static final String CREATED = "org.opencontainers.image.created";
  private static final int LARGEST = 64 << 20;

  /**
   * The latest report of an image; empty if there is none that can be read: then everything can be
   * found out from the image again.
   *
   * @param image with its digest
   */
  Optional<Report> find(ImageReference image) {
    try {
      var attached =
          client.referrers(image, Report.ARTIFACT_TYPE).stream()
              .max(Comparator.comparing(AttachedReports::created));
      return attached.isPresent() ? read(image, attached.get()) : Optional.empty();
    } catch (IOException | Json.MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private static String created(Referrer referrer) {
    return referrer.annotations().getOrDefault(CREATED, "");
  }

  private Optional<Report> read(ImageReference image, Referrer referrer) throws IOException {
    var artifact = image.pinned(referrer.manifest().digest());
    var manifest = client.manifest(artifact);
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    var blob =
        Manifest.parse(manifest.get().bytes()).layers().stream()
            .filter(layer -> layer.size() <= LARGEST)
            .findFirst();
    return blob.isPresent()
        ? Optional.of(Report.parse(text(artifact, blob.get())))
        : Optional.empty();
  }

  private String text(ImageReference artifact, Descriptor blob) throws IOException {
    try (var in = client.blob(artifact, blob)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
