/**
 * Limits the number of concurrent builds: a fair queue of all ImageBuilds of this operator.
 *
 * <p>The order depends only on the ImageBuilds, so it survives a restart of the operator: running
 * builds keep their slots and waiting builds keep their positions. Only the last starts of deleted
 * ImageBuilds are forgotten.
 */
@NullMarked
package dev.stagewright.controller.queue;

import org.jspecify.annotations.NullMarked;
