package dev.stagewright.analysis.report.page;

import dev.stagewright.analysis.report.page.BarChart.Bar;
import dev.stagewright.analysis.size.DataSize;
import dev.stagewright.analysis.size.Ladder;
import dev.stagewright.analysis.size.Rung;
import dev.stagewright.analysis.size.Rung.Feasibility;
import java.util.List;
import java.util.Locale;

/** What the image would weigh on other bases, and the lines that would get there. */
record LadderSection(Ladder ladder) {

  void write(Markup out) {
    var rungs = ladder.rungs();
    if (rungs.size() < 2) {
      return;
    }
    out.element(
        "section",
        section -> {
          section.text("h2", "Smaller bases", "id", "ladder");
          section.text(
              "p",
              "Estimates from what the program needs to start, compressed.",
              "class",
              "summary");
          var largest = rungs.stream().mapToLong(rung -> rung.size().expected()).max().orElse(1);
          Figure.of(
                  "Ladder",
                  "The image on each base. Pale: the program cannot run there, or has to be built"
                      + " in another way.")
              .picture(svg ->
                  new BarChart(
                          rungs.stream().map(rung -> bar(rung, Math.max(1, largest))).toList(),
                          List.of())
                      .write(svg, "Estimated size on each base, as bars"))
              .table(
                  List.of("Base", "Possible", "Base alone", "At least", "Expected", "Reason"),
                  rungs.stream().map(LadderSection::row).toList())
              .write(section);
          rungs.stream()
              .filter(rung -> !rung.dockerfile().isEmpty())
              .forEach(rung -> writeLines(section, rung));
        },
        "aria-labelledby",
        "ladder");
  }

  private static Bar bar(Rung rung, long largest) {
    var bytes = rung.size().expected();
    var color =
        switch (rung.feasibility()) {
          case CURRENT -> "current";
          case POSSIBLE -> "possible";
          case REBUILD -> "rebuild";
          case IMPOSSIBLE -> "impossible";
        };
    return new Bar(
        name(rung) + suffix(rung.feasibility()),
        new DataSize(bytes).toString(),
        0,
        (double) bytes / largest,
        color,
        name(rung) + ": " + new DataSize(bytes) + ". " + rung.reason());
  }

  private static String suffix(Feasibility feasibility) {
    return switch (feasibility) {
      case CURRENT, POSSIBLE -> "";
      case REBUILD -> " (built in another way)";
      case IMPOSSIBLE -> " (not possible)";
    };
  }

  private static String name(Rung rung) {
    return switch (rung.base()) {
      case CURRENT -> "as it is";
      case SLIM -> "slim";
      case DISTROLESS -> "distroless";
      case ALPINE -> "Alpine";
      case BUSYBOX -> "busybox";
      case SCRATCH -> "scratch";
    };
  }

  private static List<String> row(Rung rung) {
    return List.of(
        name(rung),
        rung.feasibility().name().toLowerCase(Locale.ROOT),
        new DataSize(rung.size().base()).toString(),
        new DataSize(rung.size().atLeast()).toString(),
        new DataSize(rung.size().expected()).toString(),
        rung.reason());
  }

  private static void writeLines(Markup out, Rung rung) {
    out.element(
        "details",
        details -> {
          details.text(
              "summary",
              "Dockerfile for " + name(rung) + ", " + new DataSize(rung.size().expected()));
          details.text("p", rung.reason());
          details.text("pre", String.join("\n", rung.dockerfile()));
        });
  }
}
