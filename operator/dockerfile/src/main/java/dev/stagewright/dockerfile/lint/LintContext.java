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
 * What checks look at.
 *
 * @param dockerfile as parsed; what stands above the first mistake where it is not complete
 * @param request what is known beside it
 * @param complete whether all of the Dockerfile could be parsed
 * @param stages those that are looked at, as evaluated, each up to its first mistake; empty where
 *     the Dockerfile cannot be evaluated
 * @param target the stage whose root becomes the image; empty where that is unclear
 * @param undefined uses of undefined variables
 * @param instructions by where they stand
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
   * The instructions of the stages that are looked at, triggers that change settings first, each
   * stage up to its first mistake.
   */
  public List<Stage> evaluatedParts() {
    return stages.stream().map(LintContext::evaluatedPart).toList();
  }

  /** The stages that are looked at; all that could be parsed, where none can be evaluated. */
  public List<Stage> parsedStages() {
    return stages.isEmpty()
        ? dockerfile.stages()
        : stages.stream().map(EvaluatedStage::stage).toList();
  }

  /** The ARGs before the first FROM, and the instructions of {@link #parsedStages}. */
  public List<Instruction> parsedInstructions() {
    var all = new ArrayList<Instruction>(dockerfile.globalArgs());
    for (var stage : parsedStages()) {
      all.add(stage.from());
      all.addAll(stage.instructions());
    }
    return List.copyOf(all);
  }

  /** Triggers stand where FROM stands; each other instruction makes one that is evaluated. */
  private static Stage evaluatedPart(EvaluatedStage evaluated) {
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

  /** The instruction that was evaluated; for a trigger of ONBUILD, the FROM that runs it. */
  public Instruction written(EvaluatedInstruction evaluated) {
    return Objects.requireNonNull(instructions.get(evaluated.position()));
  }

  /** The stage as evaluated. */
  public Optional<EvaluatedStage> evaluated(int index) {
    return stages.stream().filter(stage -> stage.index() == index).findFirst();
  }

  /** The image below a stage and its parents; empty for scratch and named contexts. */
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

  /** The config of the image below a stage, where it is at hand. */
  public Optional<KnownBase> rootBase(EvaluatedStage stage) {
    return rootImage(stage).flatMap(request.bases());
  }
}
