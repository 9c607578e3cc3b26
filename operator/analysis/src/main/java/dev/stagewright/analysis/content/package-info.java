/** Content of files that are read once, from the beginning to the end. */
@NullMarked
package dev.stagewright.analysis.content;

import org.jspecify.annotations.NullMarked;
