package dev.stagewright.dockerfile.eval;

/**
 * A file whose content the Dockerfile holds.
 *
 * @param name for COPY and ADD its name, without folders; for a script of RUN its absolute path
 * @param content its text, expanded where it is to be
 */
public record InlineFile(String name, String content) {}
