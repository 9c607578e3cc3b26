package dev.stagewright.harbor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Harbor knows of an image.
 *
 * @param project number of its project
 * @param immutableTags those of its tags that may not move
 * @param scan its last scan for vulnerabilities; empty if there was none
 * @param sbom the last making of its bill of materials; empty if there was none
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
        immutable(json.path("tags")),
        // One form of report is asked for, but older scanners have another.
        json.path("scan_overview").valueStream().findFirst().map(ScanOverview::of),
        Optional.of(json.path("sbom_overview"))
            .filter(overview -> !overview.path("scan_status").asText("").isEmpty())
            .map(ScanOverview::of));
  }

  static Set<String> immutable(JsonNode tags) {
    return tags.valueStream()
        .filter(tag -> tag.path("immutable").asBoolean())
        .map(tag -> tag.path("name").asText())
        .collect(Collectors.toUnmodifiableSet());
  }
}
