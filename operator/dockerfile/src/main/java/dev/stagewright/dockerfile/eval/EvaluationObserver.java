package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.instruction.Instruction;
import java.util.Set;

/** Is told, while a Dockerfile is evaluated, of what is allowed but seldom meant. */
@FunctionalInterface
public interface EvaluationObserver {
  /**
   * An instruction uses variables that nothing has set.
   *
   * @param instruction that uses them
   * @param names of the variables, without declared ARGs that have no value
   * @param known names of the variables that are set there
   */
  void undefinedVariables(Instruction instruction, Set<String> names, Set<String> known);

  /** Hears nothing. */
  static EvaluationObserver none() {
    return (instruction, names, known) -> {};
  }
}
