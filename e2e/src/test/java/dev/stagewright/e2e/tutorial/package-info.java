/** Runs the commands of a page of the documentation, and compares their output with the page. */
@NullMarked
package dev.stagewright.e2e.tutorial;

import org.jspecify.annotations.NullMarked;
