package dev.stagewright.analysis.report;

import dev.stagewright.layers.oci.ImageConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The image that a report is about.
 *
 * @param reference as the user named it, for example {@code registry.example.com/team/hello:1.0}
 * @param digest of the manifest; empty before it is known
 * @param platform for example {@code linux/amd64}
 * @param created time in the config, ISO 8601
 * @param command ENTRYPOINT and CMD together; empty if there are none
 * @param user USER; empty for root
 */
public record ReportImage(
    String reference,
    Optional<String> digest,
    String platform,
    Optional<String> created,
    List<String> command,
    Optional<String> user) {
  /** Copies the list. */
  public ReportImage {
    command = List.copyOf(command);
  }

  /** An image with this config. */
  public static ReportImage of(String reference, Optional<String> digest, ImageConfig config) {
    var container = config.config();
    return new ReportImage(
        reference,
        digest,
        config.platform().toString(),
        config.created().map(Instant::toString),
        Stream.concat(container.entrypoint().stream(), container.cmd().stream()).toList(),
        container.user());
  }
}
