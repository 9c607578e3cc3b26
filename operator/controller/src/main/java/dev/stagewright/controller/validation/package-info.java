/** Validates what the schema of an ImageBuild cannot: durations, quantities and sizes. */
@NullMarked
package dev.stagewright.controller.validation;

import org.jspecify.annotations.NullMarked;
