/**
 * Git sources: fetches one commit over HTTP or SSH and reads its tree, including submodules. There
 * is no checkout, so no file is written twice, and no {@code .git} directory gets into the build
 * context by accident.
 */
@NullMarked
package dev.stagewright.worker.source.git;

import org.jspecify.annotations.NullMarked;
