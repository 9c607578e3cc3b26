package dev.stagewright.dockerfile.render;

import dev.stagewright.dockerfile.lint.Finding;
import dev.stagewright.dockerfile.lint.LintReport;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Severity;
import dev.stagewright.dockerfile.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A lint report in the Static Analysis Results Interchange Format, version 2.1.0. */
final class SarifDocument {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final String SYNTAX = "DockerfileSyntax";

  private final LintReport report;
  private final String file;

  SarifDocument(LintReport report, String file) {
    this.report = report;
    this.file = file;
  }

  String json() {
    var driver = new JsonFields().with("name", "stagewright").with("rules", rules()).map();
    var run =
        new JsonFields()
            .with("tool", Map.of("driver", driver))
            .with("columnKind", "utf16CodeUnits")
            .with("results", results())
            .map();
    return JsonText.of(
        new JsonFields()
            .with("$schema", SCHEMA)
            .with("version", "2.1.0")
            .with("runs", List.of(run))
            .map());
  }

  private List<Map<String, Object>> rules() {
    var rules =
        new ArrayList<>(
            report.findings().stream()
                .map(Finding::rule)
                .distinct()
                .map(SarifDocument::rule)
                .toList());
    if (report.error().isPresent()) {
      rules.add(
          new JsonFields()
              .with("id", SYNTAX)
              .with("shortDescription", Map.of("text", "The Dockerfile cannot be built"))
              .map());
    }
    return rules;
  }

  private static Map<String, Object> rule(Rule rule) {
    return new JsonFields()
        .with("id", rule.id())
        .with("shortDescription", Map.of("text", rule.reason()))
        .with("help", Map.of("text", rule.fix() + " See " + rule.documentation()))
        .with("defaultConfiguration", Map.of("level", level(rule.severity())))
        .map();
  }

  private List<Map<String, Object>> results() {
    var results = new ArrayList<Map<String, Object>>();
    report
        .error()
        .ifPresent(e -> results.add(result(SYNTAX, Severity.ERROR, e.reason(), e.position())));
    for (var finding : report.findings()) {
      var rule = finding.rule();
      results.add(result(rule.id(), rule.severity(), finding.message(), finding.position()));
    }
    return results;
  }

  private Map<String, Object> result(
      String rule, Severity severity, String message, Position position) {
    var region =
        new JsonFields()
            .with("startLine", position.line())
            .with("startColumn", position.column())
            .map();
    var physicalLocation =
        new JsonFields().with("artifactLocation", Map.of("uri", file)).with("region", region).map();
    return new JsonFields()
        .with("ruleId", rule)
        .with("level", level(severity))
        .with("message", Map.of("text", message))
        .with("locations", List.of(Map.of("physicalLocation", physicalLocation)))
        .map();
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case INFO -> "note";
      case WARNING -> "warning";
      case ERROR -> "error";
    };
  }
}
