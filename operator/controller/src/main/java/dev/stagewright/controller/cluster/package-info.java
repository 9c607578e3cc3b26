/** All that the operator does to a cluster, behind one small interface. */
@NullMarked
package dev.stagewright.controller.cluster;

import org.jspecify.annotations.NullMarked;
