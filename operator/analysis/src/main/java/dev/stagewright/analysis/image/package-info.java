/** The files of an image: all layers, merged. */
@NullMarked
package dev.stagewright.analysis.image;

import org.jspecify.annotations.NullMarked;
