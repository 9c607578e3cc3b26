/** The content of the files that steps read, as inputs of their keys. */
@NullMarked
package dev.stagewright.worker.cache.content;

import org.jspecify.annotations.NullMarked;
