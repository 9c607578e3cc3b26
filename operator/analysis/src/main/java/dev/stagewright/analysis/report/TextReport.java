package dev.stagewright.analysis.report;

import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.report.TextStyle.Style;
import dev.stagewright.analysis.size.DataSize;
import dev.stagewright.analysis.size.Rung;
import dev.stagewright.analysis.size.Rung.Feasibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A report as text for terminals: the verdict, the findings, and what would make the image smaller.
 *
 * @param report what to print
 * @param columns width of the terminal
 * @param style how text is emphasized
 */
public record TextReport(Report report, int columns, TextStyle style) {
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final String INDENT = "         ";
  private static final int LABEL = 9;
  private static final int BASE = 12;
  private static final int SIZE = 8;
  private static final int LONGEST_BAR = 24;

  /** The text, with a line feed at its end. */
  public String text() {
    var out = new StringBuilder();
    writeHead(out);
    report.findings().forEach(finding -> writeFinding(out, finding));
    writeSavings(out);
    writeLadder(out);
    return out.toString();
  }

  private void writeHead(StringBuilder out) {
    var image = report.image();
    var total = report.size().total();
    out.append(style.apply(Style.BOLD, clean(image.reference())))
        .append("  ")
        .append(image.platform())
        .append('\n');
    image.digest().ifPresent(digest -> field(out, "digest", digest));
    field(
        out,
        "size",
        "%s in %s, %s in %s"
            .formatted(
                new DataSize(total.compressedBytes()),
                new Count(report.size().layers().size(), "layer"),
                new DataSize(total.bytes()),
                new Count(total.files(), "file")));
    if (!image.command().isEmpty()) {
      field(out, "command", clean(String.join(" ", image.command())));
    }
    var verdict = report.start();
    field(
        out,
        "starts",
        switch (verdict.outcome()) {
          case RUNS -> style.apply(Style.GOOD, "yes");
          case DEPENDS -> style.apply(Style.WARNING, "perhaps: ") + clean(verdict.reason());
          case DOES_NOT_RUN -> style.apply(Style.ERROR, "no: ") + clean(verdict.reason());
          case UNKNOWN -> "unknown: " + clean(verdict.reason());
        });
  }

  private static void field(StringBuilder out, String name, String value) {
    out.append(pad(name, LABEL)).append(value).append('\n');
  }

  private void writeFinding(StringBuilder out, Finding finding) {
    var place = FindingPlace.of(report, finding);
    var severity = finding.severity().name().toLowerCase(Locale.ROOT);
    out.append('\n')
        .append(style.apply(style(finding.severity()), pad(severity, LABEL)))
        .append(style.apply(Style.BOLD, finding.rule()))
        .append(place.path().map(path -> "  " + clean(path)).orElse(""))
        .append('\n');
    paragraph(out, "", finding.message());
    place.layer().ifPresent(layer -> paragraph(out, "in", layer));
    paragraph(out, "see", finding.symptom());
    paragraph(out, "fix", finding.fix());
  }

  private static Style style(Severity severity) {
    return switch (severity) {
      case ERROR -> Style.ERROR;
      case WARNING -> Style.WARNING;
      case HINT -> Style.HINT;
    };
  }

  private void paragraph(StringBuilder out, String label, String text) {
    if (text.isEmpty()) {
      return;
    }
    out.append(INDENT).append(label.isEmpty() ? "" : style.apply(Style.DIM, pad(label, 5)));
    indented(out, label.isEmpty() ? INDENT : INDENT + "     ", text);
  }

  private void indented(StringBuilder out, String indent, String text) {
    var lines = new Paragraph(Math.max(20, columns - indent.length())).lines(clean(text));
    out.append(String.join("\n" + indent, lines)).append('\n');
  }

  private void writeSavings(StringBuilder out) {
    var savings = report.size().savings().list();
    if (savings.isEmpty()) {
      return;
    }
    out.append('\n').append(style.apply(Style.BOLD, "smaller")).append('\n');
    for (var saving : savings) {
      var amount = "-" + new DataSize(saving.amount().compressedBytes());
      out.append(pad(amount, LABEL));
      indented(out, INDENT, saving.message());
      paragraph(out, "fix", saving.fix());
    }
  }

  private void writeLadder(StringBuilder out) {
    var rungs = report.size().ladder().rungs();
    if (rungs.size() < 2) {
      return;
    }
    var largest = rungs.stream().mapToLong(rung -> rung.size().expected()).max().orElse(1);
    out.append('\n').append(style.apply(Style.BOLD, "on other bases")).append('\n');
    rungs.forEach(rung -> writeRung(out, rung, Math.max(1, largest)));
  }

  private void writeRung(StringBuilder out, Rung rung, long largest) {
    var bytes = rung.size().expected();
    var bar = "#".repeat((int) Math.max(1, LONGEST_BAR * bytes / largest));
    var line =
        pad(rung.base().name().toLowerCase(Locale.ROOT), BASE)
            + " ".repeat(Math.max(0, SIZE - new DataSize(bytes).toString().length()))
            + new DataSize(bytes)
            + "  "
            + pad(bar, LONGEST_BAR + 1)
            + comment(rung.feasibility());
    var possible =
        rung.feasibility() == Feasibility.CURRENT || rung.feasibility() == Feasibility.POSSIBLE;
    out.append(style.apply(possible ? Style.PLAIN : Style.DIM, line.stripTrailing())).append('\n');
  }

  private static String comment(Feasibility feasibility) {
    return switch (feasibility) {
      case CURRENT -> "as it is";
      case POSSIBLE -> "";
      case REBUILD -> "if it is built in another way";
      case IMPOSSIBLE -> "not possible";
    };
  }

  private static String clean(String text) {
    return DisplayText.printable(text).replace('\n', ' ').replace('\t', ' ');
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  /** Breaks text at spaces. */
  private record Paragraph(int width) {
    List<String> lines(String text) {
      var lines = new ArrayList<String>();
      var line = new StringBuilder();
      for (var word : SPACES.splitAsStream(text.strip()).toList()) {
        if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(line.toString());
      return lines;
    }
  }
}
