/**
 * What a run is and what its objects are called.
 *
 * <p>A run builds one generation of an ImageBuild's spec. Names and labels follow from the
 * ImageBuild alone, so that an object is found again, or found to exist already, without anything
 * being remembered.
 */
@NullMarked
package dev.stagewright.controller.run;

import org.jspecify.annotations.NullMarked;
