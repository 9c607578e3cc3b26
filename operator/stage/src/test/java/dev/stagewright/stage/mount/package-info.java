@NullMarked
package dev.stagewright.stage.mount;

import org.jspecify.annotations.NullMarked;
