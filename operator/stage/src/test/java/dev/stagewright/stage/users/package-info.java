/** Tests of {@code dev.stagewright.stage.users}. */
@NullMarked
package dev.stagewright.stage.users;

import org.jspecify.annotations.NullMarked;
