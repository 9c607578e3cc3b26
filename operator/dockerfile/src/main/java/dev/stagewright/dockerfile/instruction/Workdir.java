package dev.stagewright.dockerfile.instruction;

/**
 * WORKDIR: the working directory from here on.
 *
 * @param statement what it was read from
 * @param path absolute, or relative to the one before
 */
public record Workdir(Statement statement, String path) implements Instruction {}
