/** Tests of the bases of stages. */
@NullMarked
package dev.stagewright.stage.base;

import org.jspecify.annotations.NullMarked;
