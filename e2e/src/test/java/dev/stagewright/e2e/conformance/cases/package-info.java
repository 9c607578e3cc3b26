/**
 * The cases: folders with a Dockerfile, and the files that are prepared from them for the builders.
 */
@NullMarked
package dev.stagewright.e2e.conformance.cases;

import org.jspecify.annotations.NullMarked;
