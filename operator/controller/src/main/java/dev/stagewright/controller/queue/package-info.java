/**
 * Who may run when not all builds may: a fair queue over all ImageBuilds of this operator.
 *
 * <p>The order follows from the ImageBuilds, so that a restart of the operator changes next to
 * nothing: runs under way keep their slots, those that wait keep their places, and only the turns
 * of ImageBuilds that are gone are forgotten.
 */
@NullMarked
package dev.stagewright.controller.queue;

import org.jspecify.annotations.NullMarked;
