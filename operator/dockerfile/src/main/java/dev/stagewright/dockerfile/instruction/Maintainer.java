package dev.stagewright.dockerfile.instruction;

/**
 * MAINTAINER: the image's author (deprecated).
 *
 * @param statement what it was read from
 * @param author free text
 */
public record Maintainer(Statement statement, String author) implements Instruction {}
