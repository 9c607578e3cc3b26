/**
 * Sources of a build: {@code spec.source} of an ImageBuild becomes a {@link
 * dev.stagewright.worker.source.SourceTree}, whose files are read in place.
 */
@NullMarked
package dev.stagewright.worker.source;

import org.jspecify.annotations.NullMarked;
