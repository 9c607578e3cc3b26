package dev.stagewright.dockerfile.eval;

/**
 * A file with content from the Dockerfile (a heredoc).
 *
 * @param name file name for COPY and ADD; absolute path for a script of RUN
 * @param content the text, with variables expanded if the heredoc allows it
 */
public record InlineFile(String name, String content) {}
