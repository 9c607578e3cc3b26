/**
 * The phase {@code prepare}: fetches the source, reads the Dockerfile, finds every image that it
 * names, and hands out the plan of the build.
 */
@NullMarked
package dev.stagewright.worker.prepare;

import org.jspecify.annotations.NullMarked;
