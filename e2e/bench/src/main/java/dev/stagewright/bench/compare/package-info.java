/**
 * Compares Stagewright with BuildKit and Buildah: the same Dockerfiles, contexts, base images, and
 * registry, one builder after another in every round.
 */
package dev.stagewright.bench.compare;
