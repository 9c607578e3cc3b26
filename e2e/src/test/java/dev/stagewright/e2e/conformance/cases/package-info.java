/** The cases: folders with a Dockerfile, and what is made of them for the builders. */
@NullMarked
package dev.stagewright.e2e.conformance.cases;

import org.jspecify.annotations.NullMarked;
