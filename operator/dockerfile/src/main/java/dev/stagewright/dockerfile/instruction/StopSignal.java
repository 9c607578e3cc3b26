package dev.stagewright.dockerfile.instruction;

/**
 * STOPSIGNAL: what stops the container.
 *
 * @param statement what it was read from
 * @param signal name or number
 */
public record StopSignal(Statement statement, String signal) implements Instruction {}
