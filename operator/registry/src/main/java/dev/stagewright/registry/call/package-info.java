/** One call to a registry, with all that every call needs: authorization, repetition and errors. */
@NullMarked
package dev.stagewright.registry.call;

import org.jspecify.annotations.NullMarked;
