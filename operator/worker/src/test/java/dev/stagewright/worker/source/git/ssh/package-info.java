@NullMarked
package dev.stagewright.worker.source.git.ssh;

import org.jspecify.annotations.NullMarked;
