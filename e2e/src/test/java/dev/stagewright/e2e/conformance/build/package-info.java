/** The two builders. Each of them builds an image of a prepared case or fails. */
@NullMarked
package dev.stagewright.e2e.conformance.build;

import org.jspecify.annotations.NullMarked;
