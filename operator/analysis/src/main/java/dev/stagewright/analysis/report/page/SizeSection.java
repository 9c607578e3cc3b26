package dev.stagewright.analysis.report.page;

import dev.stagewright.analysis.report.Count;
import dev.stagewright.analysis.report.InstructionText;
import dev.stagewright.analysis.report.page.BarChart.Bar;
import dev.stagewright.analysis.size.DataSize;
import dev.stagewright.analysis.size.FileTree;
import dev.stagewright.analysis.size.LayerSize;
import dev.stagewright.analysis.size.Saving;
import dev.stagewright.analysis.size.SizeReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Why the image is as big as it is: its files, its layers, and what can be left out. */
record SizeSection(SizeReport size) {
  private static final int COLORS = 6;
  private static final int LARGEST_FILES = 20;

  void write(Markup out) {
    out.element(
        "section",
        section -> {
          section.text("h2", "Size", "id", "size");
          section.text("p", summary(), "class", "summary");
          if (size.layers().stream().anyMatch(layer -> !layer.complete())) {
            section.text("p", "A layer has too many files; not all of them were read.");
          }
          writeSavings(section);
          writeLayers(section);
          writeFiles(section);
        },
        "aria-labelledby",
        "size");
  }

  private String summary() {
    var total = size.total();
    return "%s compressed in %s, %s in %s"
        .formatted(
            new DataSize(total.compressedBytes()),
            new Count(size.layers().size(), "layer"),
            new DataSize(total.bytes()),
            new Count(total.files(), "file"));
  }

  private void writeSavings(Markup out) {
    var savings = size.savings().list();
    if (savings.isEmpty()) {
      return;
    }
    out.text("h3", "What would make it smaller");
    out.element(
        "ul", list -> savings.forEach(saving -> writeSaving(list, saving)), "class", "savings");
  }

  private static void writeSaving(Markup out, Saving saving) {
    out.element(
        "li",
        item -> {
          item.text("strong", "−" + new DataSize(saving.amount().compressedBytes()));
          item.text(" " + saving.message());
          item.text("div", saving.fix(), "class", "fix");
        });
  }

  private void writeLayers(Markup out) {
    var layers = size.layers();
    if (layers.isEmpty()) {
      return;
    }
    var colors = colors();
    var largest =
        layers.stream().mapToLong(layer -> layer.total().compressedBytes()).max().orElse(0);
    var bars = new ArrayList<Bar>();
    for (var i = 0; i < layers.size(); i++) {
      var bytes = layers.get(i).total().compressedBytes();
      var label = label(layers.get(i), i);
      bars.add(
          new Bar(
              label,
              new DataSize(bytes).toString(),
              0,
              largest == 0 ? 0 : (double) bytes / largest,
              colors.getOrDefault(i, "other"),
              label + ": " + new DataSize(bytes)));
    }
    Figure.of("Layers", "Compressed size of each layer, the lowest first.")
        .picture(svg -> new BarChart(bars, List.of()).write(svg, "Size of each layer, as bars"))
        .table(
            List.of("Layer", "Line", "Stage", "Compressed", "Size", "Files", "Hidden later"),
            layerRows())
        .write(out);
  }

  private List<List<String>> layerRows() {
    var rows = new ArrayList<List<String>>();
    for (var layer : size.layers()) {
      var origin = layer.origin();
      rows.add(
          List.of(
              label(layer, rows.size()),
              origin.line().map(String::valueOf).orElse(""),
              origin.base() ? "base image" : origin.stage().orElse(""),
              new DataSize(layer.total().compressedBytes()).toString(),
              new DataSize(layer.total().bytes()).toString(),
              String.valueOf(layer.total().files()),
              layer.hidden().bytes() == 0 ? "" : new DataSize(layer.hidden().bytes()).toString()));
    }
    return rows;
  }

  private static String label(LayerSize layer, int index) {
    return (index + 1)
        + "  "
        + layer.origin().instruction().map(InstructionText::of).orElse("unknown instruction");
  }

  private void writeFiles(Markup out) {
    if (size.files().total().bytes() == 0) {
      return;
    }
    var label = "Files by folder, as areas; the table has the largest ones";
    Figure.of(
            "Files",
            "Each area is as large as a file or folder, uncompressed. The color is that of its"
                + " layer above.")
        .picture(svg -> {
          new Treemap(960, 520, colors()).write(svg, size.files(), "wide", label);
          new Treemap(360, 560, colors()).write(svg, size.files(), "narrow", label);
        })
        .table(List.of("File or folder", "Size", "Files", "Layer"), largestFiles())
        .write(out);
  }

  /** Layers of the base image have no color, so that one sees what is added. */
  private Map<Integer, String> colors() {
    var colors = new HashMap<Integer, String>();
    var own = 0;
    for (var layer = 0; layer < size.layers().size(); layer++) {
      var isBase = size.layers().get(layer).origin().base();
      colors.put(layer, isBase ? "base" : "color" + (own++ % COLORS));
    }
    return colors;
  }

  private record Leaf(String path, FileTree node) {}

  private List<List<String>> largestFiles() {
    var leaves = new ArrayList<Leaf>();
    collect(size.files(), "", leaves);
    leaves.sort(Comparator.comparingLong((Leaf leaf) -> leaf.node().total().bytes()).reversed());
    return leaves.stream()
        .limit(LARGEST_FILES)
        .map(leaf ->
            List.of(
                leaf.path(),
                new DataSize(leaf.node().total().bytes()).toString(),
                String.valueOf(leaf.node().total().files()),
                String.valueOf(leaf.node().layer() + 1)))
        .toList();
  }

  private static void collect(FileTree node, String path, List<Leaf> leaves) {
    for (var child : node.children()) {
      var childPath =
          child.kind() == FileTree.Kind.OTHER
              ? "smaller entries of " + (path.isEmpty() ? "/" : path)
              : path + "/" + child.name();
      if (child.children().isEmpty()) {
        leaves.add(new Leaf(childPath, child));
      } else {
        collect(child, childPath, leaves);
      }
    }
  }
}
