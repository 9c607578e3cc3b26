/** Authentication at registries: credentials of Docker config files, challenges, and tokens. */
@NullMarked
package dev.stagewright.registry.auth;

import org.jspecify.annotations.NullMarked;
