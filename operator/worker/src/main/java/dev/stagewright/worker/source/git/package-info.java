/**
 * Sources in git: fetches one commit over http(s) into a bare repository and shows its tree. There
 * is no checkout, so no file is written twice and no {@code .git} can reach the build context.
 */
@NullMarked
package dev.stagewright.worker.source.git;

import org.jspecify.annotations.NullMarked;
