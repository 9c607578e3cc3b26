package dev.stagewright.dockerfile.instruction;

/**
 * ENTRYPOINT: the program of the container.
 *
 * @param statement the untyped form
 * @param command an empty command clears the inherited one
 */
public record Entrypoint(Statement statement, CommandLine command) implements Instruction {}
