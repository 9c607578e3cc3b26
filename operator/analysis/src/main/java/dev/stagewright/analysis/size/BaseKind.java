package dev.stagewright.analysis.size;

/** Kinds of base images, the largest first. */
public enum BaseKind {
  /** The base image that the image has. */
  CURRENT,
  /** A distribution with glibc, without documentation: {@code debian:…-slim}. */
  SLIM,
  /** glibc without a shell and a package manager: {@code distroless/base}. */
  DISTROLESS,
  /** A small distribution with musl: {@code alpine}. */
  ALPINE,
  /** A shell and tools in one static program: {@code busybox}. */
  BUSYBOX,
  /** Nothing. */
  SCRATCH
}
