/**
 * Linux as the runtime needs it: system calls through the Foreign Function and Memory API, files by
 * their raw names below a root directory, processes with the credentials of any user.
 *
 * <p>The JDK's own file API cannot carry names that are not UTF-8, owners by number, devices or
 * extended attributes, and has no way to give up root for one child only. All native access of the
 * runtime is in this package.
 */
@NullMarked
package dev.stagewright.stage.linux;

import org.jspecify.annotations.NullMarked;
