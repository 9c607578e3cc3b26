/** The files that the program of an image needs. */
@NullMarked
package dev.stagewright.analysis.program;

import org.jspecify.annotations.NullMarked;
