/**
 * Positions and errors in a Dockerfile, and the text rules that the language takes from Go (white
 * space, quoting).
 */
@NullMarked
package dev.stagewright.dockerfile.source;

import org.jspecify.annotations.NullMarked;
