/**
 * Sources that are archives: downloaded from a web server or a registry, verified, and read without
 * being unpacked. Archives are input of strangers, so every entry is checked and the size is
 * limited.
 */
@NullMarked
package dev.stagewright.worker.source.archive;

import org.jspecify.annotations.NullMarked;
