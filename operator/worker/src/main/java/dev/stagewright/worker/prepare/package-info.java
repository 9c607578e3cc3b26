/**
 * The phase {@code prepare}: fetches the source, reads the Dockerfile, looks up its images, and
 * publishes the plan of the build.
 */
@NullMarked
package dev.stagewright.worker.prepare;

import org.jspecify.annotations.NullMarked;
