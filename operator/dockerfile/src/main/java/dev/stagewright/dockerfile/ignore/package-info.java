/**
 * Ignore files: what {@code .dockerignore} leaves out of the build context, and what {@code COPY
 * --exclude} leaves out of a copy. Usable alone.
 */
@NullMarked
package dev.stagewright.dockerfile.ignore;

import org.jspecify.annotations.NullMarked;
