/**
 * Stagewright from outside, on a real cluster: each test applies an ImageBuild, as a user would,
 * and looks at the resource, the Pods, the registry and the image.
 */
@NullMarked
package dev.stagewright.e2e;

import org.jspecify.annotations.NullMarked;
