package dev.stagewright.dockerfile.instruction;

/**
 * ENTRYPOINT: what the container runs.
 *
 * @param statement what it was read from
 * @param command empty clears an inherited one
 */
public record Entrypoint(Statement statement, CommandLine command) implements Instruction {}
