package dev.stagewright.dockerfile.instruction;

/**
 * USER: who runs what follows.
 *
 * @param statement what it was read from
 * @param user {@code name} or {@code uid}, with an optional {@code :group}
 */
public record User(Statement statement, String user) implements Instruction {}
