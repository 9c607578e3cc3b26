/**
 * The phase that asks the registry whether it would take the image, before there is one: a build
 * that could not be pushed fails in seconds, and not after all its work. Beside push it is the only
 * phase with the credentials to push with.
 */
@NullMarked
package dev.stagewright.worker.check;

import org.jspecify.annotations.NullMarked;
