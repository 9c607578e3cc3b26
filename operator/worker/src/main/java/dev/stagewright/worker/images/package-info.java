/** Looks up the images that a build needs in their registries. */
@NullMarked
package dev.stagewright.worker.images;

import org.jspecify.annotations.NullMarked;
