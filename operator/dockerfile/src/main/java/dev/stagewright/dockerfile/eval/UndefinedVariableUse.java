package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.instruction.Instruction;
import java.util.Set;

/**
 * The use of a variable that has no value.
 *
 * @param instruction that uses it
 * @param name of the variable
 * @param known names of the variables that have a value there
 */
public record UndefinedVariableUse(Instruction instruction, String name, Set<String> known) {}
