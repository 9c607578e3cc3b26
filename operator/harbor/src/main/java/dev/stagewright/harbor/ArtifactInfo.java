package dev.stagewright.harbor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The metadata of an image in Harbor.
 *
 * @param project the ID of the project
 * @param immutableTags the immutable tags of the image
 * @param scan the last vulnerability scan; empty if there was none
 * @param sbom the last SBOM generation; empty if there was none
 */
public record ArtifactInfo(
    long project,
    Set<String> immutableTags,
    Optional<ScanOverview> scan,
    Optional<ScanOverview> sbom) {
  public ArtifactInfo {
    immutableTags = Set.copyOf(immutableTags);
  }

  static ArtifactInfo of(JsonNode json) {
    return new ArtifactInfo(
        json.path("project_id").asLong(),
        immutableTags(json.path("tags")),
        // One report format is requested, but older scanners return another one.
        json.path("scan_overview").valueStream().findFirst().map(ScanOverview::of),
        Optional.of(json.path("sbom_overview"))
            .filter(overview -> !overview.path("scan_status").asText("").isEmpty())
            .map(ScanOverview::of));
  }

  static Set<String> immutableTags(JsonNode tags) {
    return tags.valueStream()
        .filter(tag -> tag.path("immutable").asBoolean())
        .map(tag -> tag.path("name").asText())
        .collect(Collectors.toUnmodifiableSet());
  }
}
