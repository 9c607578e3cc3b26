package dev.stagewright.analysis.report.page;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.report.FindingPlace;
import dev.stagewright.analysis.report.Report;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The findings, each with what it is about, what will be seen, and what to change. */
record FindingsSection(Report report) {

  void write(Markup out) {
    out.element(
        "section",
        section -> {
          section.text("h2", "Findings", "id", "findings");
          section.text("p", summary(), "class", "summary");
          if (!report.findings().isEmpty()) {
            section.element(
                "ol",
                list -> report.findings().forEach(finding -> writeFinding(list, finding)),
                "class",
                "findings");
          }
        },
        "aria-labelledby",
        "findings");
  }

  private String summary() {
    return report.findings().isEmpty()
        ? "None."
        : Arrays.stream(Severity.values())
            .filter(severity -> report.count(severity) > 0)
            .map(severity -> count(report.count(severity), name(severity)))
            .collect(Collectors.joining(", "));
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  static String name(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  private void writeFinding(Markup out, Finding finding) {
    var severity = name(finding.severity());
    out.element(
        "li",
        item -> {
          item.element(
              "h3",
              title -> {
                title.text("span", severity, "class", "badge " + severity);
                title.text(" ").text("span", finding.rule(), "class", "rule");
                if (finding.confidence() != Confidence.CERTAIN) {
                  var confidence = finding.confidence().name().toLowerCase(Locale.ROOT);
                  title.text(" ").text("span", confidence, "class", "note");
                }
              });
          item.text("p", finding.message());
          item.element("dl", details -> writeDetails(details, finding));
        },
        "class",
        "finding " + severity,
        "data-severity",
        severity);
  }

  private void writeDetails(Markup out, Finding finding) {
    var place = FindingPlace.of(report, finding);
    place.path().ifPresent(path -> detail(out, "File", "code", path));
    place.layer().ifPresent(layer -> detail(out, "From", "span", layer));
    if (!finding.symptom().isEmpty()) {
      detail(out, "You will see", "samp", finding.symptom());
    }
    if (!finding.fix().isEmpty()) {
      detail(out, "Fix", "span", finding.fix());
    }
  }

  private static void detail(Markup out, String name, String element, String text) {
    out.text("dt", name).element("dd", content -> content.text(element, text));
  }
}
