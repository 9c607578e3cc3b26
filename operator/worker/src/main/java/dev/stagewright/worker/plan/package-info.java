/**
 * Lowering: from evaluated stages of a Dockerfile and resolved images to the {@link
 * dev.stagewright.protocol.BuildPlan} that stage Pods and push follow. Pure.
 */
@NullMarked
package dev.stagewright.worker.plan;

import org.jspecify.annotations.NullMarked;
