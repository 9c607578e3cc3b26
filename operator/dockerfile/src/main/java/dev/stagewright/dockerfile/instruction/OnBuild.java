package dev.stagewright.dockerfile.instruction;

/**
 * ONBUILD: an instruction that runs in stages that are built on this stage.
 *
 * @param statement the untyped form
 * @param expression text of the deferred instruction, including heredocs
 */
public record OnBuild(Statement statement, String expression) implements Instruction {}
