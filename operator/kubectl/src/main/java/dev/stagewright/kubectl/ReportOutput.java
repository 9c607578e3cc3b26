package dev.stagewright.kubectl;

import dev.stagewright.analysis.report.Report;
import dev.stagewright.analysis.report.SarifReport;
import dev.stagewright.analysis.report.TextReport;
import dev.stagewright.analysis.report.TextStyle;
import dev.stagewright.analysis.report.page.ReportPage;
import dev.stagewright.kubectl.terminal.Ansi;
import dev.stagewright.kubectl.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a report is printed, and where to. */
final class ReportOutput {
  private static final String DOCKERFILE = "Dockerfile";

  enum Format {
    text,
    json,
    sarif,
    html
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Output format, one of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}",
      defaultValue = "text")
  private Format format = Format.text;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write. Default: standard output")
  private @Nullable Path file;

  private final Terminal terminal = Terminal.ofProcess();

  /** Writes the report. */
  void write(Report report, PrintWriter out) throws IOException {
    var target = file;
    if (target == null) {
      out.print(render(report, terminal));
      out.flush();
      return;
    }
    var folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(target, render(report, new Terminal(false, false, true, terminal.columns())));
  }

  private String render(Report report, Terminal to) {
    return switch (format) {
      case text -> new TextReport(report, to.columns(), style(to.ansi())).text();
      case json -> report.json() + "\n";
      case sarif -> new SarifReport(report, DOCKERFILE).json() + "\n";
      case html -> new ReportPage(report).html();
    };
  }

  private static TextStyle style(Ansi ansi) {
    return (style, text) ->
        switch (style) {
          case PLAIN -> text;
          case BOLD -> ansi.format(Ansi.Style.BOLD, text);
          case DIM -> ansi.format(Ansi.Style.DIM, text);
          case GOOD -> ansi.format(Ansi.Style.GREEN, text);
          case ERROR -> ansi.format(Ansi.Style.RED, text);
          case WARNING -> ansi.format(Ansi.Style.YELLOW, text);
          case HINT -> ansi.format(Ansi.Style.CYAN, text);
        };
  }
}
