package dev.stagewright.analysis.report.page;

import java.util.List;
import java.util.function.Consumer;

/**
 * A picture with a heading, a caption, and a table of the same data for those who do not see it.
 *
 * @param heading of the figure
 * @param caption what the picture shows
 * @param picture writes it
 * @param head of the table
 * @param rows of the table
 */
record Figure(
    String heading,
    String caption,
    Consumer<Markup> picture,
    List<String> head,
    List<List<String>> rows) {

  static Figure of(String heading, String caption) {
    return new Figure(heading, caption, _ -> {}, List.of(), List.of());
  }

  Figure picture(Consumer<Markup> value) {
    return new Figure(heading, caption, value, head, rows);
  }

  Figure table(List<String> headValue, List<List<String>> rowsValue) {
    return new Figure(heading, caption, picture, headValue, rowsValue);
  }

  void write(Markup out) {
    out.text("h3", heading);
    out.element(
        "figure",
        figure -> {
          picture.accept(figure);
          figure.text("figcaption", caption);
          figure.element(
              "details",
              details -> {
                details.text("summary", "Table");
                details.element(
                    "div",
                    this::writeTable,
                    "class",
                    "scroll",
                    "tabindex",
                    "0",
                    "role",
                    "region",
                    "aria-label",
                    heading + ": table");
              });
        });
  }

  private void writeTable(Markup out) {
    out.element(
        "table",
        table -> {
          table.element(
              "thead",
              body ->
                  body.element(
                      "tr", row -> head.forEach(cell -> row.text("th", cell, "scope", "col"))));
          table.element(
              "tbody",
              body ->
                  rows.forEach(cells ->
                      body.element("tr", row -> cells.forEach(cell -> row.text("td", cell)))));
        });
  }
}
