package dev.stagewright.analysis.report;

import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The findings of a report in the Static Analysis Results Interchange Format, version 2.1.0. A
 * finding is at the line of its instruction if that is known, and else at the file in the image.
 *
 * @param report the findings and their rules
 * @param dockerfile path of the Dockerfile, for findings with a line
 */
public record SarifReport(Report report, String dockerfile) {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final String DOCUMENTATION = "See docs/report.md.";
  private static final String UNRESERVED = "-._~/";

  /** The document. */
  public String json() {
    var run = new Run(new Tool(new Driver("stagewright", rules())), results());
    return DisplayText.decode(Json.write(new Log(SCHEMA, "2.1.0", List.of(run))));
  }

  /** The top of the document; its components, and those of the other records, are properties. */
  public record Log(String $schema, String version, List<Run> runs) {}

  /** {@code run}. */
  public record Run(Tool tool, List<Result> results) {}

  /** {@code tool}. */
  public record Tool(Driver driver) {}

  /** {@code toolComponent}. */
  public record Driver(String name, List<ReportingDescriptor> rules) {}

  /** {@code reportingDescriptor}. */
  public record ReportingDescriptor(
      String id, Text shortDescription, Text help, Configuration defaultConfiguration) {}

  /** {@code reportingConfiguration}. */
  public record Configuration(String level) {}

  /** {@code message}, and {@code multiformatMessageString}. */
  public record Text(String text) {}

  /** {@code result}. */
  public record Result(String ruleId, String level, Text message, List<Location> locations) {}

  /** {@code location}. */
  public record Location(
      PhysicalLocation physicalLocation, List<LogicalLocation> logicalLocations) {}

  /** {@code physicalLocation}. */
  public record PhysicalLocation(ArtifactLocation artifactLocation, Region region) {}

  /** {@code artifactLocation}. */
  public record ArtifactLocation(String uri) {}

  /** {@code region}. */
  public record Region(int startLine) {}

  /** {@code logicalLocation}. */
  public record LogicalLocation(String fullyQualifiedName, String kind) {}

  private List<ReportingDescriptor> rules() {
    return report.rules().stream().map(SarifReport::rule).toList();
  }

  private static ReportingDescriptor rule(Rule.Description rule) {
    return new ReportingDescriptor(
        rule.id(),
        new Text(rule.summary()),
        new Text(rule.summary() + " " + DOCUMENTATION),
        new Configuration(level(rule.severity())));
  }

  private List<Result> results() {
    return report.findings().stream().map(this::result).toList();
  }

  private Result result(Finding finding) {
    var text =
        Stream.of(
                finding.message(),
                finding.symptom().isEmpty() ? "" : "You will see: " + finding.symptom(),
                finding.fix().isEmpty() ? "" : "Fix: " + finding.fix())
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n"));
    return new Result(
        finding.rule(), level(finding.severity()), new Text(text), List.of(location(finding)));
  }

  private Location location(Finding finding) {
    var place = FindingPlace.of(report, finding);
    var image = report.image().reference();
    var file = place.path().map(path -> uri(path.replaceFirst("^/+", "")));
    var uri =
        place.line().isPresent()
            ? uri(dockerfile)
            : file.filter(path -> !path.isEmpty()).orElse(uri(image));
    var name = image + place.path().map(path -> "!" + path).orElse("");
    return new Location(
        new PhysicalLocation(new ArtifactLocation(uri), new Region(place.line().orElse(1))),
        List.of(new LogicalLocation(name, "resource")));
  }

  /** A path as a relative URI. */
  private static String uri(String path) {
    var out = new StringBuilder();
    for (var octet : DisplayText.decode(path).getBytes(StandardCharsets.UTF_8)) {
      var c = (char) (octet & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append("%02X".formatted((int) c));
      }
    }
    return out.toString();
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case HINT -> "note";
    };
  }
}
