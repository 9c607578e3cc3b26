package dev.stagewright.kubectl.progress;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Something that happened in a build and is worth showing. */
sealed interface ProgressEvent {

  /**
   * The build has entered a phase.
   *
   * @param run number of the run
   */
  record PhaseStarted(String build, long run, BuildPhase phase) implements ProgressEvent {}

  /** The number of stages that have ended has changed. */
  record StagesEnded(int ended, int total) implements ProgressEvent {}

  /** A step has started. */
  record Started(Step step) implements ProgressEvent {}

  /**
   * A step has printed a line.
   *
   * @param after time since the start of the step
   * @param text printable text
   */
  record Logged(Step step, Duration after, String text) implements ProgressEvent {}

  /**
   * Data of a step was transferred.
   *
   * @param total empty if the size is not known
   */
  record Transferred(Step step, Duration after, long bytes, OptionalLong total)
      implements ProgressEvent {}

  /**
   * A step has ended.
   *
   * @param message why the step failed or was stopped; otherwise empty
   */
  record Ended(Step step, StepOutcome outcome, Duration took, String message)
      implements ProgressEvent {}

  /**
   * A notice that belongs to no step, for example why a task waits.
   *
   * @param task name of the task; empty if the notice is about the build
   */
  record Noticed(Optional<String> task, String text) implements ProgressEvent {}

  /**
   * The build has ended.
   *
   * @param took time since the start of the display
   */
  record Finished(String build, ImageBuildStatus status, Duration took) implements ProgressEvent {}
}
