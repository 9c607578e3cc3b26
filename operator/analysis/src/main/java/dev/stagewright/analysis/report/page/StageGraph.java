package dev.stagewright.analysis.report.page;

import dev.stagewright.analysis.report.ReportStage;
import java.util.List;

/** The picture of the stages and what they depend on. */
record StageGraph(List<ReportStage> stages) {
  private static final int MAX_STAGES = 24;
  private static final int ROW = 68;
  private static final int BOX = 36;
  private static final int LONG_NAME = 14;
  private static final double WIDEST = 0.44;
  private static final double GAP = 0.02;

  /** Whether a picture says more than the table. */
  boolean canBeDrawn() {
    return stages.size() > 1 && stages.size() <= MAX_STAGES;
  }

  void write(Markup out, String label) {
    var rows = StageRows.of(stages);
    out.element(
        "svg",
        svg -> {
          svg.element(
              "defs",
              defs ->
                  defs.element(
                      "marker",
                      marker -> marker.empty("path", "class", "arrow", "d", "M0 0 8 4 0 8z"),
                      "id",
                      "arrow",
                      "markerWidth",
                      "8",
                      "markerHeight",
                      "8",
                      "refX",
                      "8",
                      "refY",
                      "4",
                      "orient",
                      "auto"));
          rows.edges().forEach(edge -> writeEdge(svg, edge));
          rows.nodes().forEach(node -> writeNode(svg, node));
        },
        "class",
        "graph",
        "width",
        "100%",
        "height",
        String.valueOf(rows.height() * ROW - (ROW - BOX) + 4),
        "role",
        "img",
        "aria-label",
        label);
  }

  private static void writeEdge(Markup out, StageRows.Edge edge) {
    line(out, edge.from().x, bottom(edge.from()), edge.to().x, top(edge.to()), edge.to().isStage);
    if (!edge.to().isStage) {
      line(out, edge.to().x, top(edge.to()), edge.to().x, bottom(edge.to()), false);
    }
  }

  private static void line(Markup out, double x1, int y1, double x2, int y2, boolean hasArrow) {
    out.empty(
        "line",
        "class",
        hasArrow ? "edge end" : "edge",
        "x1",
        Box.percent(x1),
        "y1",
        String.valueOf(y1),
        "x2",
        Box.percent(x2),
        "y2",
        String.valueOf(y2));
  }

  private static void writeNode(Markup out, StageRows.Node node) {
    if (!node.isStage) {
      return;
    }
    var width = Math.min(WIDEST, node.width - GAP);
    out.element(
        "svg",
        box -> {
          box.text("title", node.name);
          box.empty(
              "rect", "class", "node", "width", "100%", "height", String.valueOf(BOX), "rx", "6");
          box.text("text", shortName(node.name), "x", "50%", "y", "22", "text-anchor", "middle");
        },
        "x",
        Box.percent(node.x - width / 2),
        "y",
        String.valueOf(top(node)),
        "width",
        Box.percent(width),
        "height",
        String.valueOf(BOX));
  }

  /** Images have long names that end with what matters. */
  private static String shortName(String name) {
    return name.length() > LONG_NAME ? name.substring(name.lastIndexOf('/') + 1) : name;
  }

  private static int top(StageRows.Node node) {
    return node.row * ROW + 2;
  }

  private static int bottom(StageRows.Node node) {
    return top(node) + BOX;
  }
}
