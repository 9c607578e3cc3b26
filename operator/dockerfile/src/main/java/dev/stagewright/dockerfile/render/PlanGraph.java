package dev.stagewright.dockerfile.render;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.dockerfile.stages.ResolvedBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The dependency graph of the stages of an evaluation. */
final class PlanGraph {
  private final Evaluation evaluation;

  PlanGraph(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** The dependencies, in the order of the instructions. */
  List<Edge> edges() {
    var edges = new ArrayList<Edge>();
    for (var stage : evaluation.stages()) {
      if (stage.base() instanceof ResolvedBase.Stage(int parent)) {
        var line = stage.stage().from().position().line();
        edges.add(new Edge(evaluation.stage(parent).id(), stage.id(), "FROM", line, List.of()));
      }
      for (var need : stage.needs()) {
        var instruction = stage.instructions().get(need.instruction());
        edges.add(
            new Edge(
                id(need.source()),
                stage.id(),
                keyword(instruction),
                instruction.position().line(),
                need.paths()));
      }
    }
    edges.removeIf(edge -> edge.from().equals("context"));
    return edges;
  }

  /**
   * Groups of stages that can run at the same time; the dependencies of a stage are in earlier
   * groups.
   */
  List<List<EvaluatedStage>> waves() {
    var waveOf = new HashMap<String, Integer>();
    var waves = new TreeMap<Integer, List<EvaluatedStage>>();
    Map<String, List<Edge>> incoming = new HashMap<>();
    edges().forEach(e -> incoming.computeIfAbsent(e.to(), key -> new ArrayList<>()).add(e));
    for (var stage : evaluation.stages()) {
      int wave =
          incoming.getOrDefault(stage.id(), List.of()).stream()
              .mapToInt(edge -> waveOf.getOrDefault(edge.from(), -1) + 1)
              .max()
              .orElse(0);
      waveOf.put(stage.id(), wave);
      waves.computeIfAbsent(wave, key -> new ArrayList<>()).add(stage);
    }
    return List.copyOf(waves.values());
  }

  /** The base of a stage for display. */
  String base(EvaluatedStage stage) {
    return switch (stage.base()) {
      case ResolvedBase.Scratch _ -> "scratch";
      case ResolvedBase.Image(var name) -> name;
      case ResolvedBase.Stage(int parent) -> evaluation.stage(parent).name();
      case ResolvedBase.NamedContext(var name) -> name;
    };
  }

  private static String id(FileSource source) {
    return switch (source) {
      case FileSource.Context _, FileSource.Nothing _ -> "context";
      case FileSource.Stage stage -> stage.id();
      case FileSource.Image(var name) -> name;
      case FileSource.NamedContext(var name) -> name;
    };
  }

  private static String keyword(EvaluatedInstruction instruction) {
    return instruction instanceof EvaluatedInstruction.Run ? "RUN" : "COPY";
  }

  /**
   * A dependency: {@code to} needs {@code from}.
   *
   * @param from id of a stage, or name of an image or named context
   * @param to id of a stage
   * @param keyword of the instruction that has the dependency
   * @param line of the instruction
   * @param paths the paths that are read; empty for FROM
   */
  record Edge(String from, String to, String keyword, int line, List<String> paths) {}
}
