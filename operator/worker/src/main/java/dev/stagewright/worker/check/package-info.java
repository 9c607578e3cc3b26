/**
 * The phase that checks whether the registry would accept the image, before the image is built: a
 * build that could not be pushed fails in seconds. Besides push, this is the only phase with push
 * credentials.
 */
@NullMarked
package dev.stagewright.worker.check;

import org.jspecify.annotations.NullMarked;
