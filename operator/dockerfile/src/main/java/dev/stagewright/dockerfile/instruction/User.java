package dev.stagewright.dockerfile.instruction;

/**
 * USER: the user of the following instructions and of the container.
 *
 * @param statement the untyped form
 * @param user {@code name} or {@code uid}, with an optional {@code :group}
 */
public record User(Statement statement, String user) implements Instruction {}
