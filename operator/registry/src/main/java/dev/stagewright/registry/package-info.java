/**
 * The client of the OCI distribution protocol that builds use to find base images and to push what
 * they built.
 */
@NullMarked
package dev.stagewright.registry;

import org.jspecify.annotations.NullMarked;
