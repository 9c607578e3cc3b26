package dev.stagewright.analysis.report;

import java.util.List;
import java.util.Optional;

/**
 * A task of the build: prepare, a stage of the Dockerfile, or publish.
 *
 * @param name of the stage, or its index
 * @param kind what it is
 * @param times when it ran; empty if it did not
 * @param cache how much of it was taken from the cache
 * @param where it ran: name of the node, or of the Pod that it shared; empty if unknown
 * @param dependencies names of the stages that it copies from or is based on
 */
public record ReportStage(
    String name,
    Kind kind,
    Optional<Times> times,
    Cached cache,
    Optional<String> where,
    List<String> dependencies) {
  /** Copies the list. */
  public ReportStage {
    dependencies = List.copyOf(dependencies);
  }

  /** Kinds of tasks. */
  public enum Kind {
    PREPARE,
    /** A stage with a Pod, which it may share. */
    STAGE,
    /** A stage that ran in the worker Pod. */
    WORKER_STAGE,
    /** An image that {@code COPY --from} names. */
    IMAGE,
    PUBLISH
  }

  /** How much of a stage is from the cache. */
  public enum Cached {
    NONE,
    PARTIAL,
    ALL,
    /** The build has no cache, or this is not a stage. */
    UNKNOWN
  }

  /**
   * When a task ran.
   *
   * @param start ISO 8601
   * @param end ISO 8601
   */
  public record Times(String start, String end) {}
}
