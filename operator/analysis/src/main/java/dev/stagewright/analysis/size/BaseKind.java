package dev.stagewright.analysis.size;

/** Kinds of base images, from large to small. */
public enum BaseKind {
  /** The base image that the image has. */
  CURRENT,
  /** A distribution with glibc, without documentation: {@code debian:…-slim}. */
  SLIM,
  /**
   * Without a shell and a package manager: {@code distroless/base} with glibc, or {@code
   * distroless/static} without.
   */
  DISTROLESS,
  /** A small distribution with musl: {@code alpine}. */
  ALPINE,
  /** A shell and tools in one static program: {@code busybox}. */
  BUSYBOX,
  /** Nothing. */
  SCRATCH
}
