/**
 * Who may run when not all builds may: a fair queue over all ImageBuilds of this operator.
 *
 * <p>The order follows from the ImageBuilds alone, so that a restart of the operator changes
 * nothing: runs under way keep their slots, and those that wait keep their places.
 */
@NullMarked
package dev.stagewright.controller.queue;

import org.jspecify.annotations.NullMarked;
