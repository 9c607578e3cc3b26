/**
 * Where things stand in a Dockerfile, how a mistake in it is told, and the few rules about text
 * that the language takes from Go (what is white space, how strings are quoted).
 */
@NullMarked
package dev.stagewright.dockerfile.source;

import org.jspecify.annotations.NullMarked;
