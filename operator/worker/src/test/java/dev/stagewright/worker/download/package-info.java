/** Tests of downloads. */
@NullMarked
package dev.stagewright.worker.download;

import org.jspecify.annotations.NullMarked;
