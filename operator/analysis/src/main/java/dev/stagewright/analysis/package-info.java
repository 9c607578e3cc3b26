/** The analysis of images: what they contain, whether they can run, and why they are large. */
@NullMarked
package dev.stagewright.analysis;

import org.jspecify.annotations.NullMarked;
