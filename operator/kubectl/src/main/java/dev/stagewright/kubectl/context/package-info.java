/**
 * The build context on the user's machine: which files of a folder are sent, with the Dockerfile
 * and its ignore file, and how they are written to the stream that prepare reads.
 */
@NullMarked
package dev.stagewright.kubectl.context;

import org.jspecify.annotations.NullMarked;
