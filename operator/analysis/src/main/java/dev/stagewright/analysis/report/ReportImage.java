package dev.stagewright.analysis.report;

import java.util.List;
import java.util.Optional;

/**
 * The image that a report is about.
 *
 * @param reference as the user named it, for example {@code registry.example.com/team/hello:1.0}
 * @param digest of the manifest; empty before it is known
 * @param platform for example {@code linux/amd64}
 * @param created time in the config, ISO 8601
 * @param command ENTRYPOINT and CMD together; empty if there are none
 * @param user USER, empty for root
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
}
