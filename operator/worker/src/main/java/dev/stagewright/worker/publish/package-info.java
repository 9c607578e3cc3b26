/**
 * The phase that publishes the image: it checks the destinations at once, waits for the results of
 * the stages, uploads layers as soon as they exist, runs stages that need no Pod, and ends with the
 * manifest and the tags. It is the only phase with push credentials.
 */
@NullMarked
package dev.stagewright.worker.publish;

import org.jspecify.annotations.NullMarked;
