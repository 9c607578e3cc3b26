package dev.stagewright.dockerfile.instruction;

/**
 * STOPSIGNAL: the signal that stops the container.
 *
 * @param statement the untyped form
 * @param signal name or number
 */
public record StopSignal(Statement statement, String signal) implements Instruction {}
