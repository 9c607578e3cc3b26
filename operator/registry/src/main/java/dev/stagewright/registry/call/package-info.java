/** Calls to registries, with what every call needs: authorization, retries and errors. */
@NullMarked
package dev.stagewright.registry.call;

import org.jspecify.annotations.NullMarked;
