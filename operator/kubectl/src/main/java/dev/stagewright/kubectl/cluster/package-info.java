/**
 * Reads ImageBuilds, their Pods, and the logs of the Pods from a cluster, with the permissions of
 * the user who runs the command.
 */
@NullMarked
package dev.stagewright.kubectl.cluster;

import org.jspecify.annotations.NullMarked;
