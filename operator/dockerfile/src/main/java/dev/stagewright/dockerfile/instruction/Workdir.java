package dev.stagewright.dockerfile.instruction;

/**
 * WORKDIR: the working directory of the following instructions and of the container.
 *
 * @param statement the untyped form
 * @param path absolute, or relative to the previous one
 */
public record Workdir(Statement statement, String path) implements Instruction {}
