/**
 * Git: fetches one commit over http(s) and shows its tree, submodules included. There is no
 * checkout, so no file is written twice and no {@code .git} can reach the build context.
 */
@NullMarked
package dev.stagewright.worker.source.git;

import org.jspecify.annotations.NullMarked;
