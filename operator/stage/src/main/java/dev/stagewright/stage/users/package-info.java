/** Users and groups as a stage's own root has them: {@code /etc/passwd} and {@code /etc/group}. */
@NullMarked
package dev.stagewright.stage.users;

import org.jspecify.annotations.NullMarked;
