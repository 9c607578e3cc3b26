package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.source.Position;
import java.util.List;

/**
 * An instruction's text with continuations joined.
 *
 * @param text joined, comments left out
 * @param source the physical lines from the first character on
 * @param position of the first character
 * @param endLine its last physical line
 * @param comments the comment lines above, without the first character, which is {@code #} unless
 *     they are indented
 * @param emptyContinuation whether a blank line stands within a continuation
 */
record LogicalLine(
    String text,
    String source,
    Position position,
    int endLine,
    List<String> comments,
    boolean emptyContinuation) {}
