/** Users and groups of the root of a stage: {@code /etc/passwd} and {@code /etc/group}. */
@NullMarked
package dev.stagewright.stage.users;

import org.jspecify.annotations.NullMarked;
