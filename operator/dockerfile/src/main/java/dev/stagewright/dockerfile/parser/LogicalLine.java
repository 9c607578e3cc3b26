package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.source.Position;
import java.util.List;

/**
 * The text of an instruction with continuations joined.
 *
 * @param text the joined text, without comments
 * @param source the physical lines
 * @param position of the first character
 * @param endLine the last physical line
 * @param comments the comment lines above, without the first character, which is {@code #} if the
 *     line is not indented
 * @param emptyContinuation whether a continuation contains a blank line
 */
record LogicalLine(
    String text,
    String source,
    Position position,
    int endLine,
    List<String> comments,
    boolean emptyContinuation) {}
