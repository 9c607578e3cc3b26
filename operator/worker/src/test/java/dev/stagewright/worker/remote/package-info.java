@NullMarked
package dev.stagewright.worker.remote;

import org.jspecify.annotations.NullMarked;
