/**
 * Access to Linux: system calls through the Foreign Function and Memory API, files below a root
 * directory by their raw names, processes with the credentials of any user.
 *
 * <p>The file API of the JDK does not support names that are not UTF-8, numeric owners, devices and
 * extended attributes, and the JDK cannot start a single child process as another user. All native
 * access of the runtime is in this package.
 */
@NullMarked
package dev.stagewright.stage.linux;

import org.jspecify.annotations.NullMarked;
