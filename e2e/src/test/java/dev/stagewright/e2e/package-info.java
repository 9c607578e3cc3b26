/**
 * End-to-end tests on a real cluster. Each test applies an ImageBuild, as a user would, and checks
 * the resource, the Pods, the registry, and the image.
 */
@NullMarked
package dev.stagewright.e2e;

import org.jspecify.annotations.NullMarked;
