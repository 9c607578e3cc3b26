package dev.stagewright.dockerfile.render;

import dev.stagewright.dockerfile.lint.Finding;
import dev.stagewright.dockerfile.lint.LintReport;
import dev.stagewright.dockerfile.lint.Severity;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.Position;
import java.util.Locale;
import java.util.Map;

/** Renders a lint report as text, JSON or SARIF. */
public final class LintRenderer {
  private final LintReport report;
  private final String file;

  /**
   * A renderer for a report.
   *
   * @param file name of the Dockerfile in the output
   */
  public LintRenderer(LintReport report, String file) {
    this.report = report;
    this.file = file;
  }

  /** The report as text: {@code Dockerfile:3:5: warning: message [Rule]} and the fix. */
  public String text() {
    var out = new StringBuilder();
    report
        .error()
        .ifPresent(error ->
            line(out, error.position(), Severity.ERROR).append(error.reason()).append('\n'));
    for (var finding : report.findings()) {
      var rule = finding.rule();
      line(out, finding.position(), rule.severity())
          .append(finding.message())
          .append(" [")
          .append(rule.id())
          .append("]\n    ")
          .append(rule.fix())
          .append('\n');
    }
    return out.toString();
  }

  /** The report as JSON. */
  public String json() {
    return JsonText.of(
        new JsonFields()
            .with("file", file)
            .withAny("error", report.error().map(LintRenderer::error))
            .with("findings", report.findings().stream().map(LintRenderer::finding).toList())
            .map());
  }

  /** The report as SARIF 2.1.0, for code scanning. */
  public String sarif() {
    return new SarifDocument(report, file).json();
  }

  private StringBuilder line(StringBuilder out, Position position, Severity severity) {
    return out.append(file)
        .append(':')
        .append(position)
        .append(": ")
        .append(severity.name().toLowerCase(Locale.ROOT))
        .append(": ");
  }

  private static Map<String, Object> error(DockerfileException error) {
    return new JsonFields()
        .with("message", error.reason())
        .with("line", error.position().line())
        .with("column", error.position().column())
        .withAny("offending", error.offending())
        .map();
  }

  private static Map<String, Object> finding(Finding finding) {
    var rule = finding.rule();
    return new JsonFields()
        .with("rule", rule.id())
        .with("severity", rule.severity().name().toLowerCase(Locale.ROOT))
        .with("message", finding.message())
        .with("line", finding.position().line())
        .with("column", finding.position().column())
        .with("reason", rule.reason())
        .with("fix", rule.fix())
        .with("documentation", rule.documentation())
        .map();
  }
}
