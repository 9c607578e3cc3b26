/**
 * The Harbor steps of the phases: before the build, checks that the project accepts the image;
 * between the push and the tags, labels, scan and SBOM.
 */
@NullMarked
package dev.stagewright.worker.harbor;

import org.jspecify.annotations.NullMarked;
