/**
 * Creates the Kubernetes objects of a run: Pods, ConfigMaps, the claim and the network policy, as
 * pure functions of the spec, the plan and the operator's configuration. {@link
 * dev.stagewright.controller.pods.StagePod} and {@link dev.stagewright.controller.pods.WorkerPod}
 * declare Pods, and {@link dev.stagewright.controller.pods.PodAssembly} completes them.
 */
@NullMarked
package dev.stagewright.controller.pods;

import org.jspecify.annotations.NullMarked;
