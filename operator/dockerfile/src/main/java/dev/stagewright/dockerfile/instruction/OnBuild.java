package dev.stagewright.dockerfile.instruction;

/**
 * ONBUILD: an instruction for stages that are built on this one.
 *
 * @param statement what it was read from
 * @param expression the deferred instruction's text, heredocs included
 */
public record OnBuild(Statement statement, String expression) implements Instruction {}
