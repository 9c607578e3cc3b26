/**
 * Many concurrent builds with the real operator, a real API server, and a fake kubelet. The fake
 * kubelet runs no containers, so that the benchmark measures only the operator.
 */
package dev.stagewright.bench.scale;
