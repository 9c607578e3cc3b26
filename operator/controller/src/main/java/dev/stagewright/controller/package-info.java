/**
 * The operator: a thin reconciler around pure functions.
 *
 * <p>{@link dev.stagewright.controller.Reconciliation} is the table of contents: observe, decide,
 * act, record.
 */
@NullMarked
package dev.stagewright.controller;

import org.jspecify.annotations.NullMarked;
