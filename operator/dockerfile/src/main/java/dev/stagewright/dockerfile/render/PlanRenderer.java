package dev.stagewright.dockerfile.render;

import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.dockerfile.render.PlanGraph.Edge;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Renders an evaluation as a plan: stages, dependencies, stages that run at the same time, and
 * pruned stages.
 */
public final class PlanRenderer {
  private final Evaluation evaluation;
  private final PlanGraph graph;

  /** A renderer for an evaluation. */
  public PlanRenderer(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.graph = new PlanGraph(evaluation);
  }

  /** The plan as text. */
  public String text() {
    var out = new StringBuilder();
    out.append("target: ").append(evaluation.targetStage().name()).append('\n');
    var waves = graph.waves();
    for (int i = 0; i < waves.size(); i++) {
      out.append("\nwave ").append(i + 1).append(": ").append(names(waves.get(i))).append('\n');
      waves.get(i).forEach(stage -> append(out, stage));
    }
    if (!evaluation.pruned().isEmpty()) {
      var pruned = evaluation.pruned().stream().map(Stage::label).collect(Collectors.joining(", "));
      out.append("\nnot needed: ").append(pruned).append('\n');
    }
    return out.toString();
  }

  /** The plan as JSON. */
  public String json() {
    return JsonText.of(
        new JsonFields()
            .with("target", evaluation.targetStage().id())
            .with("stages", evaluation.stages().stream().map(this::stage).toList())
            .with("edges", graph.edges().stream().map(PlanRenderer::edge).toList())
            .with(
                "waves",
                graph.waves().stream()
                    .map(wave -> wave.stream().map(EvaluatedStage::id).toList())
                    .toList())
            .with("pruned", evaluation.pruned().stream().map(Stage::label).toList())
            .with(
                "images",
                evaluation.images().stream()
                    .map(image ->
                        new JsonFields()
                            .with("name", image.name())
                            .with("platform", image.platform().toString())
                            .with("use", image.use().name())
                            .map())
                    .toList())
            .map());
  }

  /** The plan as a Mermaid flow chart. */
  public String mermaid() {
    var out = new StringBuilder("flowchart LR\n");
    for (var stage : evaluation.stages()) {
      var shape = stage.index() == evaluation.target() ? "([%s])" : "[%s]";
      var label = quoted(stage.name() + "<br/>" + graph.base(stage));
      out.append("  ").append(stage.id()).append(shape.formatted(label)).append('\n');
    }
    var others = new LinkedHashSet<String>();
    graph.edges().forEach(edge -> others.add(edge.from()));
    evaluation.stages().forEach(stage -> others.remove(stage.id()));
    var names = List.copyOf(others);
    names.forEach(name -> out.append("  i%d[(%s)]\n".formatted(names.indexOf(name), quoted(name))));
    for (var edge : graph.edges()) {
      var from = others.contains(edge.from()) ? "i" + names.indexOf(edge.from()) : edge.from();
      var arrow = edge.keyword().equals("FROM") ? "==>" : "-->";
      out.append("  %s %s|%s| %s\n".formatted(from, arrow, quoted(label(edge)), edge.to()));
    }
    return out.toString();
  }

  private void append(StringBuilder out, EvaluatedStage stage) {
    out.append("  ")
        .append(stage.name())
        .append(" FROM ")
        .append(graph.base(stage))
        .append(" (line ")
        .append(stage.stage().from().position().line())
        .append(", ")
        .append(stage.instructions().size())
        .append(" instructions)\n");
    graph.edges().stream()
        .filter(edge -> edge.to().equals(stage.id()) && !edge.keyword().equals("FROM"))
        .forEach(edge ->
            out.append("    waits in line ")
                .append(edge.line())
                .append(" for ")
                .append(name(edge.from()))
                .append(": ")
                .append(String.join(" ", edge.paths()))
                .append('\n'));
  }

  private String name(String id) {
    return evaluation.stages().stream()
        .filter(stage -> stage.id().equals(id))
        .map(EvaluatedStage::name)
        .findFirst()
        .orElse(id);
  }

  private static String names(List<EvaluatedStage> stages) {
    return stages.stream().map(EvaluatedStage::name).collect(Collectors.joining(", "));
  }

  private static String label(Edge edge) {
    return edge.keyword() + " " + String.join(" ", edge.paths()) + " (line " + edge.line() + ")";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "#quot;") + '"';
  }

  private Map<String, Object> stage(EvaluatedStage stage) {
    return new JsonFields()
        .with("id", stage.id())
        .with("name", stage.name())
        .with("line", stage.stage().from().position().line())
        .with("base", graph.base(stage))
        .with("platform", stage.platform().toString())
        .with(
            "instructions",
            stage.instructions().stream()
                .map(instruction ->
                    new JsonFields()
                        .with("line", instruction.position().line())
                        .with("text", instruction.text())
                        .map())
                .toList())
        .map();
  }

  private static Map<String, Object> edge(Edge edge) {
    return new JsonFields()
        .with("from", edge.from())
        .with("to", edge.to())
        .with("instruction", edge.keyword())
        .with("line", edge.line())
        .withAny("paths", edge.paths())
        .map();
  }
}
