/** The operator's access to the cluster, behind one small interface. */
@NullMarked
package dev.stagewright.controller.cluster;

import org.jspecify.annotations.NullMarked;
