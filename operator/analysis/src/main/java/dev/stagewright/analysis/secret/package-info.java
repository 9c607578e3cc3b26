/** Patterns of secrets in the content of files. */
@NullMarked
package dev.stagewright.analysis.secret;

import org.jspecify.annotations.NullMarked;
