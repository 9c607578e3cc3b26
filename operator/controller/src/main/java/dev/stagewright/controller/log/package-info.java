/** The log of the operator: its format, and the lines about builds. */
@NullMarked
package dev.stagewright.controller.log;

import org.jspecify.annotations.NullMarked;
