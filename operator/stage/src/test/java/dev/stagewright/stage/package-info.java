/** Tests of the runtime: whole stages in roots of their own, and the decisions one by one. */
@NullMarked
package dev.stagewright.stage;

import org.jspecify.annotations.NullMarked;
