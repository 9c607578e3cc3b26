/** What must not be in an image: secrets, and files with too many permissions. */
@NullMarked
package dev.stagewright.analysis.leak;

import org.jspecify.annotations.NullMarked;
