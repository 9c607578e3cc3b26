package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.eval.RequiredImage;
import dev.stagewright.dockerfile.eval.UndefinedVariableUse;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.source.Position;
import dev.stagewright.dockerfile.stages.ResolvedBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The input of lint checks.
 *
 * @param dockerfile the parsed Dockerfile; only the part before the first error if it is not
 *     complete
 * @param request additional information
 * @param complete whether the whole Dockerfile was parsed
 * @param stages the evaluated stages, each up to its first error; empty if the Dockerfile cannot be
 *     evaluated
 * @param target the target stage; empty if it is unknown
 * @param undefined uses of variables that have no value
 * @param instructions by position
 */
public record LintContext(
    Dockerfile dockerfile,
    LintRequest request,
    boolean complete,
    List<EvaluatedStage> stages,
    Optional<Stage> target,
    List<UndefinedVariableUse> undefined,
    Map<Position, Instruction> instructions) {
  /** Copies the collections. */
  public LintContext {
    stages = List.copyOf(stages);
    undefined = List.copyOf(undefined);
    instructions = Map.copyOf(instructions);
  }

  /**
   * The evaluated stages with typed instructions, triggers that change settings first, each stage
   * up to its first error.
   */
  public List<Stage> stagesWithTriggers() {
    return stages.stream().map(LintContext::withTriggers).toList();
  }

  /** The evaluated stages as parsed; all parsed stages if the Dockerfile cannot be evaluated. */
  public List<Stage> parsedStages() {
    return stages.isEmpty()
        ? dockerfile.stages()
        : stages.stream().map(EvaluatedStage::stage).toList();
  }

  /** The global ARG instructions, and the instructions of {@link #parsedStages}. */
  public List<Instruction> parsedInstructions() {
    var all = new ArrayList<Instruction>(dockerfile.globalArgs());
    for (var stage : parsedStages()) {
      all.add(stage.from());
      all.addAll(stage.instructions());
    }
    return List.copyOf(all);
  }

  /**
   * A trigger has the position of FROM; every other evaluated instruction has one parsed
   * instruction.
   */
  private static Stage withTriggers(EvaluatedStage evaluated) {
    var stage = evaluated.stage();
    var instructions = new ArrayList<Instruction>();
    int own = 0;
    for (var instruction : evaluated.instructions()) {
      if (!instruction.position().equals(stage.from().position())) {
        own++;
      } else if (instruction instanceof EvaluatedInstruction.Setting trigger) {
        instructions.add(trigger.instruction());
      }
    }
    instructions.addAll(stage.instructions().subList(0, own));
    return new Stage(stage.index(), stage.from(), instructions);
  }

  /** The parsed instruction of an evaluated instruction; for a trigger of ONBUILD, FROM. */
  public Instruction written(EvaluatedInstruction evaluated) {
    return Objects.requireNonNull(instructions.get(evaluated.position()));
  }

  /** The evaluated stage at an index. */
  public Optional<EvaluatedStage> evaluated(int index) {
    return stages.stream().filter(stage -> stage.index() == index).findFirst();
  }

  /** The base image of a stage and its parents; empty for scratch and named contexts. */
  public Optional<RequiredImage> rootImage(EvaluatedStage stage) {
    var current = stage;
    while (current.base() instanceof ResolvedBase.Stage(int parent)) {
      var next = evaluated(parent);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      current = next.get();
    }
    return current.base() instanceof ResolvedBase.Image(var name)
        ? Optional.of(RequiredImage.base(current.stage(), name, current.platform()))
        : Optional.empty();
  }

  /** The config of the base image of a stage and its parents, if it is known. */
  public Optional<KnownBase> rootBase(EvaluatedStage stage) {
    return rootImage(stage).flatMap(request.bases());
  }
}
