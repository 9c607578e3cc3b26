package dev.stagewright.dockerfile.instruction;

/**
 * MAINTAINER: the author of the image (deprecated).
 *
 * @param statement the untyped form
 * @param author free text
 */
public record Maintainer(Statement statement, String author) implements Instruction {}
