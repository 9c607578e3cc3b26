/**
 * The images that a Dockerfile names: which ones a target needs, and what registries say of them.
 */
@NullMarked
package dev.stagewright.worker.images;

import org.jspecify.annotations.NullMarked;
