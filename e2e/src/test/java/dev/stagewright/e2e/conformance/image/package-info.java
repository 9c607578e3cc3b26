/**
 * Reads images from a registry without code of Stagewright: manifest, config, and layers, which are
 * flattened to the directory tree of a container. Names and link targets are bytes, stored in
 * ISO-8859-1 strings.
 */
@NullMarked
package dev.stagewright.e2e.conformance.image;

import org.jspecify.annotations.NullMarked;
