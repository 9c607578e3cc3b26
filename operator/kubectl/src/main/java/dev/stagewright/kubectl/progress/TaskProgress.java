package dev.stagewright.kubectl.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The progress of one task: its latest step, and when it started and ended. */
final class TaskProgress {
  private final String id;
  private final String name;
  private Optional<Step> step = Optional.empty();
  private Instant started = Instant.MIN;
  private int instruction;
  private int attempt = 1;
  private boolean active;
  private boolean logged;
  private boolean cacheShown;

  TaskProgress(String id, String name) {
    this.id = id;
    this.name = name;
  }

  /** {@code context}, {@code prepare}, {@code publish}, or the ID of a stage. */
  String id() {
    return id;
  }

  /** The name that users see. */
  String name() {
    return name;
  }

  /** The latest step; empty if none has started. */
  Optional<Step> step() {
    return step;
  }

  /** Whether the latest step runs. */
  boolean isActive() {
    return active;
  }

  /** The number of the latest instruction; 0 if the task is no stage, or none has started. */
  int instruction() {
    return instruction;
  }

  /** The number of the Pod of this task. */
  int attempt() {
    return attempt;
  }

  /** Whether the log has announced steps, so that the status is late. */
  boolean followsLog() {
    return logged;
  }

  /** Records that the log announces steps. */
  void followLog() {
    logged = true;
  }

  /** Whether this is the first time that the cached steps are to be shown. */
  boolean takeCacheShown() {
    var first = !cacheShown;
    cacheShown = true;
    return first;
  }

  void start(Step next, int number, Instant now) {
    step = Optional.of(next);
    instruction = number;
    started = now;
    active = true;
  }

  void end() {
    active = false;
  }

  /** Starts again in another Pod. */
  void restart(int number) {
    attempt = number;
    instruction = 0;
    active = false;
    step = Optional.empty();
  }

  /** The time since the start of the latest step. */
  Duration since(Instant now) {
    return step.isEmpty() || now.isBefore(started) ? Duration.ZERO : Duration.between(started, now);
  }
}
