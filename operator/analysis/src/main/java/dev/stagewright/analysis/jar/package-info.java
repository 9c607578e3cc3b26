/** Class files and archives of classes. */
@NullMarked
package dev.stagewright.analysis.jar;

import org.jspecify.annotations.NullMarked;
