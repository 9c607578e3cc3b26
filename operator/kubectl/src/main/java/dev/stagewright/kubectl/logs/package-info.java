/**
 * {@code stagewright logs}: prints the logs of all Pods of a build as one stream.
 *
 * <p>Every line has the timestamp that the container runtime gave it. After a broken connection the
 * log is read again from the last timestamp, so that no line is lost or printed twice.
 */
@NullMarked
package dev.stagewright.kubectl.logs;

import org.jspecify.annotations.NullMarked;
