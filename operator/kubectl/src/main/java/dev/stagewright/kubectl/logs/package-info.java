/**
 * {@code stagewright logs}: the logs of a build's Pods as one.
 *
 * <p>Lines carry the time that the container runtime gave them. By it a log that was cut off is
 * taken up again where it ended, with nothing lost and nothing told twice.
 */
@NullMarked
package dev.stagewright.kubectl.logs;

import org.jspecify.annotations.NullMarked;
