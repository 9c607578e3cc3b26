/**
 * The client of the OCI distribution protocol, which builds use to resolve base images and to push
 * images.
 */
@NullMarked
package dev.stagewright.registry;

import org.jspecify.annotations.NullMarked;
