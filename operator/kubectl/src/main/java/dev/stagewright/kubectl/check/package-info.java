/** Checks of images in registries: what the image contains, and the report about it. */
@NullMarked
package dev.stagewright.kubectl.check;

import org.jspecify.annotations.NullMarked;
