/** What a program of an image probably needs and does not find. */
@NullMarked
package dev.stagewright.analysis.missing;

import org.jspecify.annotations.NullMarked;
