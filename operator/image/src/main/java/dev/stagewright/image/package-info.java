/**
 * Builds the container image from scratch: a Java runtime, the C library that it requires, and the
 * jars of the project, all in one directory.
 *
 * <p>{@link dev.stagewright.image.ImageAssembler} is a program of the build and not part of the
 * image. It writes the files to a directory ({@link dev.stagewright.image.RuntimeTree}), runs the
 * programs there to create their ahead-of-time caches, and writes the directory as an image layout.
 */
@NullMarked
package dev.stagewright.image;

import org.jspecify.annotations.NullMarked;
