/** Why an image is as big as it is, and what would make it smaller. */
@NullMarked
package dev.stagewright.analysis.size;

import org.jspecify.annotations.NullMarked;
