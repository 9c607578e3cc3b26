/**
 * What the command line reads of a cluster: ImageBuilds, their Pods and their logs, all by the
 * rights of the user who runs it.
 */
@NullMarked
package dev.stagewright.kubectl.cluster;

import org.jspecify.annotations.NullMarked;
