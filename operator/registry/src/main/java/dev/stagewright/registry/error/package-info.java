/** Failures of registries: error responses, their classification, and messages for users. */
@NullMarked
package dev.stagewright.registry.error;

import org.jspecify.annotations.NullMarked;
