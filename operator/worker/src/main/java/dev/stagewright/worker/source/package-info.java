/**
 * Sources of a build: what an ImageBuild's {@code spec.source} names becomes a {@link
 * dev.stagewright.worker.source.SourceTree}, a tree of files that is read where it lies.
 */
@NullMarked
package dev.stagewright.worker.source;

import org.jspecify.annotations.NullMarked;
