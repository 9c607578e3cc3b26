/**
 * Ignore rules: {@code .dockerignore} for the build context, and {@code COPY --exclude}. The
 * package does not depend on other packages of the language except wildcards.
 */
@NullMarked
package dev.stagewright.dockerfile.ignore;

import org.jspecify.annotations.NullMarked;
