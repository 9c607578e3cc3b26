/**
 * The operator: a thin reconciler over a pure core.
 *
 * <p>{@link dev.stagewright.controller.Reconciliation} is its table of contents: observe, decide,
 * act, tell.
 */
@NullMarked
package dev.stagewright.controller;

import org.jspecify.annotations.NullMarked;
