/**
 * From text to the model, in two steps: {@link dev.stagewright.dockerfile.parser.SyntaxParser}
 * finds directives, logical lines, flags, words and heredocs; {@link
 * dev.stagewright.dockerfile.parser.DockerfileParser} makes typed instructions and stages of them.
 * Rules and messages follow BuildKit's frontend.
 */
@NullMarked
package dev.stagewright.dockerfile.parser;

import org.jspecify.annotations.NullMarked;
