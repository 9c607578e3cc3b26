/** What the analysis keeps of a layer. */
@NullMarked
package dev.stagewright.analysis.layer;

import org.jspecify.annotations.NullMarked;
