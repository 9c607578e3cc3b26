/**
 * Compares two images of one Dockerfile, and says in one line each where they differ. Some
 * differences are known and accepted, with a reason.
 */
@NullMarked
package dev.stagewright.e2e.conformance.compare;

import org.jspecify.annotations.NullMarked;
