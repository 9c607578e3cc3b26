package dev.stagewright.dockerfile.instruction;

/**
 * CMD: the default command.
 *
 * @param statement the untyped form
 * @param command may be empty
 */
public record Cmd(Statement statement, CommandLine command) implements Instruction {}
