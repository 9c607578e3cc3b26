/**
 * Checks of Stagewright for good practice: images that are large, slow to build, hard to reproduce
 * or easy to attack.
 */
@NullMarked
package dev.stagewright.dockerfile.lint.practice;

import org.jspecify.annotations.NullMarked;
