/**
 * The command {@code stagewright build}: makes an ImageBuild from options that are those of {@code
 * docker build}, sends the build context, and reports the result.
 */
@NullMarked
package dev.stagewright.kubectl.build;

import org.jspecify.annotations.NullMarked;
