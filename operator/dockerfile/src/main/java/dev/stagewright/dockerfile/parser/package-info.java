/**
 * Parses a Dockerfile in two steps: {@link dev.stagewright.dockerfile.parser.SyntaxParser} reads
 * directives, logical lines, flags, words and heredocs; {@link
 * dev.stagewright.dockerfile.parser.DockerfileParser} converts them to typed instructions and
 * stages. Rules and messages are compatible with BuildKit's frontend.
 */
@NullMarked
package dev.stagewright.dockerfile.parser;

import org.jspecify.annotations.NullMarked;
