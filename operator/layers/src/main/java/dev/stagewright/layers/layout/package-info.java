/** Image layouts of the OCI image specification: images as files. */
@NullMarked
package dev.stagewright.layers.layout;

import org.jspecify.annotations.NullMarked;
