/**
 * The Dockerfile language as a model: a {@link dev.stagewright.dockerfile.Dockerfile} is its
 * stages, each a FROM and the instructions below it. Pure: text in, records out, nothing is read or
 * written here.
 */
@NullMarked
package dev.stagewright.dockerfile;

import org.jspecify.annotations.NullMarked;
