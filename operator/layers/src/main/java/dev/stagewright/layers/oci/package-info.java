/** Names and descriptors of the OCI image and distribution specifications, as types. */
@NullMarked
package dev.stagewright.layers.oci;

import org.jspecify.annotations.NullMarked;
