/** Compares the CRD in the cluster with the one that the operator was built with. */
@NullMarked
package dev.stagewright.controller.schema;

import org.jspecify.annotations.NullMarked;
