@NullMarked
package dev.stagewright.worker.source.git.lfs;

import org.jspecify.annotations.NullMarked;
