/**
 * Many builds at once: the real operator against a real API server, with Pods played by a stand-in
 * for the kubelet, so that what is measured is the operator and not what builds do.
 */
package dev.stagewright.bench.scale;
