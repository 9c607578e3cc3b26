package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.instruction.From;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.OnBuild;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.parser.SyntaxParser;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.stages.StageNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The triggers of ONBUILD that stages run before their own instructions. */
final class OnBuildTriggers {
  private final Map<Integer, List<Instruction>> byStage = new HashMap<>();

  /** The triggers that a stage of the Dockerfile defines for stages that are built on it. */
  static List<String> of(Stage stage) {
    return stage.instructions().stream()
        .filter(OnBuild.class::isInstance)
        .map(instruction -> ((OnBuild) instruction).expression())
        .toList();
  }

  void add(StageNode node, List<String> expressions) {
    var from = node.stage().from();
    byStage.put(
        node.index(), expressions.stream().map(expression -> parse(expression, from)).toList());
  }

  Map<Integer, List<Instruction>> byStage() {
    return Collections.unmodifiableMap(byStage);
  }

  private static Instruction parse(String expression, From from) {
    try {
      var statements = SyntaxParser.parse(expression).statements();
      if (statements.size() != 1) {
        throw new DockerfileException(
            from.position(), "onbuild trigger should be a single expression", expression);
      }
      var statement = statements.getFirst().at(from.position(), from.statement().endLine());
      return DockerfileParser.instruction(statement);
    } catch (DockerfileException e) {
      throw new DockerfileException(
          from.position(), e.reason() + " (in ONBUILD " + expression + ")", expression);
    }
  }
}
