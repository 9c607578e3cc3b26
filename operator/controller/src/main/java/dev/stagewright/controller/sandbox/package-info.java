/** Selects the sandbox of a run and of its stages. */
@NullMarked
package dev.stagewright.controller.sandbox;

import org.jspecify.annotations.NullMarked;
