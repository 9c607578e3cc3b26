/**
 * Types for the names, descriptors and documents of the OCI image and distribution specifications.
 */
@NullMarked
package dev.stagewright.layers.oci;

import org.jspecify.annotations.NullMarked;
