package dev.stagewright.analysis.size;

import java.time.LocalDate;

/**
 * A well-known base image for linux/amd64.
 *
 * @param name what the size was taken from
 * @param compressedBytes sum of the sizes of its layers
 * @param date of the image
 */
record BaseImage(String name, long compressedBytes, LocalDate date) {
  /*
   * The sizes of Docker Official Images are those of github.com/docker-library/repo-info; those of
   * distroless images are in github.com/bazel-contrib/rules_oci, images/distroless. For another
   * version: crane manifest --platform linux/amd64 NAME | jq '[.layers[].size] | add'
   */
  static final BaseImage SLIM =
      new BaseImage("debian:13.7-slim", 29_830_418, LocalDate.of(2026, 9, 19));

  static final BaseImage ALPINE =
      new BaseImage("alpine:3.24.2", 3_849_738, LocalDate.of(2026, 9, 17));

  static final BaseImage BUSYBOX =
      new BaseImage("busybox:1.38.0-musl", 886_160, LocalDate.of(2026, 7, 31));

  static final BaseImage DISTROLESS_STATIC =
      new BaseImage("gcr.io/distroless/static", 795_825, LocalDate.of(2023, 2, 14));

  /** With glibc and OpenSSL. */
  static final BaseImage DISTROLESS_BASE =
      new BaseImage("gcr.io/distroless/base", 8_804_093, LocalDate.of(2023, 2, 14));

  /** Also with libgcc and libstdc++. */
  static final BaseImage DISTROLESS_CC =
      new BaseImage("gcr.io/distroless/cc", 9_621_280, LocalDate.of(2023, 2, 14));

  static final BaseImage SCRATCH = new BaseImage("scratch", 0, LocalDate.EPOCH);
}
