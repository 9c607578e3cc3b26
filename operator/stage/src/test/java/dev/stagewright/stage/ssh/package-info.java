@NullMarked
package dev.stagewright.stage.ssh;

import org.jspecify.annotations.NullMarked;
