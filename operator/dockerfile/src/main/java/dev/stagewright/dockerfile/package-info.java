/**
 * The model of the Dockerfile language: a {@link dev.stagewright.dockerfile.Dockerfile} consists of
 * stages, and a stage consists of FROM and the instructions after it. Pure: the package converts
 * text to records, and does no I/O.
 */
@NullMarked
package dev.stagewright.dockerfile;

import org.jspecify.annotations.NullMarked;
