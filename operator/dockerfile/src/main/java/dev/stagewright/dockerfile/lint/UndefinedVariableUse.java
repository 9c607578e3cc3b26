package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.instruction.Instruction;
import java.util.Set;

/**
 * An instruction that uses a variable nothing has set.
 *
 * @param instruction that uses it
 * @param name of the variable
 * @param known names of the variables that are set there
 */
public record UndefinedVariableUse(Instruction instruction, String name, Set<String> known) {}
