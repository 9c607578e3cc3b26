/**
 * Images as a registry holds them, read without any code of Stagewright's: manifest, config, and
 * layers flattened to the tree that a container would see. Names and link targets are bytes, kept
 * in strings of ISO-8859-1.
 */
@NullMarked
package dev.stagewright.e2e.conformance.image;

import org.jspecify.annotations.NullMarked;
