package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.Stage;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The evaluation of a Dockerfile for a target.
 *
 * @param stages the stages that the target needs, in the order of the Dockerfile; a stage follows
 *     its dependencies
 * @param target index of the target stage
 * @param pruned the stages that the target does not need
 * @param images the images that those stages need, base images first
 * @param undefinedVariables the uses of variables that have no value
 */
public record Evaluation(
    List<EvaluatedStage> stages,
    int target,
    List<Stage> pruned,
    List<RequiredImage> images,
    List<UndefinedVariableUse> undefinedVariables) {
  /** Copies the lists. */
  public Evaluation {
    stages = List.copyOf(stages);
    pruned = List.copyOf(pruned);
    images = List.copyOf(images);
    undefinedVariables = List.copyOf(undefinedVariables);
  }

  /**
   * The stage at this index of the Dockerfile.
   *
   * @throws NoSuchElementException if the target does not need it
   */
  public EvaluatedStage stage(int index) {
    return stages.stream()
        .filter(stage -> stage.index() == index)
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("stage " + index + " is not needed"));
  }

  /** The target stage, which becomes the image. */
  public EvaluatedStage targetStage() {
    return stage(target);
  }
}
