/** Serves metrics and probes of the operator over HTTP. */
@NullMarked
package dev.stagewright.controller.metrics;

import org.jspecify.annotations.NullMarked;
