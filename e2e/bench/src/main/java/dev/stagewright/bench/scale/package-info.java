/**
 * Many concurrent builds with the real operator and a real API server. A simulated kubelet updates
 * the Pods without running containers, so that the benchmark measures only the operator.
 */
package dev.stagewright.bench.scale;
