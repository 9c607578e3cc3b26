/**
 * Who we are to a registry: credentials of Docker config files, challenges, and the tokens got for
 * them.
 */
@NullMarked
package dev.stagewright.registry.auth;

import org.jspecify.annotations.NullMarked;
