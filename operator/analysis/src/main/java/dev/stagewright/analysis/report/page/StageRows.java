package dev.stagewright.analysis.report.page;

import dev.stagewright.analysis.report.ReportStage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Arranges a graph of stages in rows, so that each stage is below those that it depends on. A
 * dependency that passes a row has a place in it, which its line goes through.
 */
final class StageRows {
  private static final int MAX_STAGES_IN_ROW = 4;
  private static final double WEIGHT_OF_LINE = 0.3;
  private static final int SWEEPS = 4;

  private final List<List<Node>> rows = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();

  private StageRows() {}

  /** A stage, or a place that lines go through. */
  static final class Node {
    final String name;
    final boolean isStage;
    final int row;
    double x;
    double width;

    private Node(String name, boolean isStage, int row) {
      this.name = name;
      this.isStage = isStage;
      this.row = row;
    }
  }

  /** A line from a row to the next one. */
  record Edge(Node from, Node to) {}

  /** Arranges stages; dependencies on other names are left out. */
  static StageRows of(List<ReportStage> stages) {
    var layout = new StageRows();
    layout.addStages(stages);
    layout.order();
    return layout;
  }

  List<Node> nodes() {
    return rows.stream().flatMap(List::stream).toList();
  }

  List<Edge> edges() {
    return List.copyOf(edges);
  }

  int height() {
    return rows.size();
  }

  private void addStages(List<ReportStage> stages) {
    var ranks = ranks(stages);
    var nodes = new HashMap<String, Node>();
    var last = ranks.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
    for (var rank = 0; rank <= last; rank++) {
      var row = newRow();
      for (var stage : ranks.keySet()) {
        if (ranks.get(stage) == rank) {
          if (rows.get(row).size() == MAX_STAGES_IN_ROW) {
            row = newRow();
          }
          nodes.put(stage, add(stage, true, row));
        }
      }
    }
    for (var stage : stages) {
      for (var dependency : stage.dependencies()) {
        var from = Optional.ofNullable(nodes.get(dependency));
        var to = Optional.ofNullable(nodes.get(stage.name()));
        if (from.isPresent() && to.isPresent() && !dependency.equals(stage.name())) {
          connect(from.get(), to.get(), nodes);
        }
      }
    }
  }

  private int newRow() {
    rows.add(new ArrayList<>());
    return rows.size() - 1;
  }

  private Node add(String name, boolean isStage, int row) {
    var node = new Node(name, isStage, row);
    rows.get(row).add(node);
    return node;
  }

  /** The number of stages on the longest way to each stage. */
  private static Map<String, Integer> ranks(List<ReportStage> stages) {
    var ranks = new LinkedHashMap<String, Integer>();
    stages.forEach(stage -> ranks.put(stage.name(), 0));
    // A stage depends only on earlier stages and on images, so a few rounds settle all ranks.
    for (var changed = true;
        changed && ranks.values().stream().allMatch(r -> r < stages.size()); ) {
      changed = false;
      for (var stage : stages) {
        for (var dependency : stage.dependencies()) {
          var rank = ranks.getOrDefault(dependency, -1) + 1;
          if (!dependency.equals(stage.name()) && rank > ranks.getOrDefault(stage.name(), 0)) {
            ranks.put(stage.name(), rank);
            changed = true;
          }
        }
      }
    }
    return ranks;
  }

  /** All lines of a stage share the places between the rows. */
  private void connect(Node from, Node to, Map<String, Node> nodes) {
    var previous = from;
    for (var row = from.row + 1; row < to.row; row++) {
      var at = row;
      var name = from.name + "\n" + row;
      var place = nodes.computeIfAbsent(name, key -> add(key, false, at));
      addEdge(previous, place);
      previous = place;
    }
    addEdge(previous, to);
  }

  private void addEdge(Node from, Node to) {
    var edge = new Edge(from, to);
    if (from.row < to.row && !edges.contains(edge)) {
      edges.add(edge);
    }
  }

  /** Moves each node to the middle of its neighbors in the row above, then of those below. */
  private void order() {
    rows.forEach(StageRows::place);
    for (var sweep = 0; sweep < SWEEPS; sweep++) {
      var down = sweep % 2 == 0;
      for (var row : down ? rows : rows.reversed()) {
        row.sort(Comparator.comparingDouble(node -> middle(node, down)));
        place(row);
      }
    }
  }

  private double middle(Node node, boolean above) {
    return edges.stream()
        .filter(edge -> (above ? edge.to() : edge.from()) == node)
        .mapToDouble(edge -> above ? edge.from().x : edge.to().x)
        .average()
        .orElse(node.x);
  }

  private static void place(List<Node> row) {
    var total = row.stream().mapToDouble(StageRows::weight).sum();
    var at = 0.0;
    for (var node : row) {
      node.width = weight(node) / total;
      node.x = at + node.width / 2;
      at += node.width;
    }
  }

  private static double weight(Node node) {
    return node.isStage ? 1 : WEIGHT_OF_LINE;
  }
}
