@NullMarked
package dev.stagewright.worker.cache.decision;

import org.jspecify.annotations.NullMarked;
