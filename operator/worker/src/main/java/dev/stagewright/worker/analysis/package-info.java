/**
 * The checks of the image: reads its layers while stages run, looks for findings, and decides
 * whether the tags may move.
 */
@NullMarked
package dev.stagewright.worker.analysis;

import org.jspecify.annotations.NullMarked;
