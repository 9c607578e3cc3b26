/**
 * Compares two images of the same Dockerfile and reports each difference in one line. Known
 * differences are accepted with a reason.
 */
@NullMarked
package dev.stagewright.e2e.conformance.compare;

import org.jspecify.annotations.NullMarked;
