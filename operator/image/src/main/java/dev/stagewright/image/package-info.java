/**
 * Makes the one container image, from scratch: a Java runtime, the C library that it needs and our
 * jars, all under one folder.
 *
 * <p>{@link dev.stagewright.image.ImageAssembler} is a program of the build and not part of the
 * image. It lays the files out in a folder ({@link dev.stagewright.image.RuntimeTree}), lets the
 * runtime warm up there for its ahead-of-time cache, and writes the folder as an image layout.
 */
@NullMarked
package dev.stagewright.image;

import org.jspecify.annotations.NullMarked;
