/** Tests of the content that keys depend on. */
@NullMarked
package dev.stagewright.worker.cache.content;

import org.jspecify.annotations.NullMarked;
