/**
 * Builds Dockerfiles with Stagewright and with BuildKit on the same base images, and compares the
 * images file by file and key by key. The cases are folders of {@code e2e/conformance/cases}.
 */
@NullMarked
package dev.stagewright.e2e.conformance;

import org.jspecify.annotations.NullMarked;
