/** Exports a trace of each run to an OpenTelemetry collector. */
@NullMarked
package dev.stagewright.controller.tracing;

import org.jspecify.annotations.NullMarked;
