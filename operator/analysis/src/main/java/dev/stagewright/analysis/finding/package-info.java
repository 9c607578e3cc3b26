/** What the analysis reports. */
@NullMarked
package dev.stagewright.analysis.finding;

import org.jspecify.annotations.NullMarked;
