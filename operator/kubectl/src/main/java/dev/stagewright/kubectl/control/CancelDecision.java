package dev.stagewright.kubectl.control;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import java.util.Optional;

/** Which run a user means who cancels a build. */
public sealed interface CancelDecision {

  /**
   * A run is active, waits in a queue, or is about to begin.
   *
   * @param run its number
   * @param another whether the spec or a trigger has changed since, so that another run follows
   */
  record Cancel(long run, boolean another) implements CancelDecision {}

  /** The latest run has ended, and no other one is about to begin. */
  record AlreadyEnded(long run, BuildPhase phase) implements CancelDecision {}

  /** The decision for a build. */
  static CancelDecision of(ImageBuild build) {
    var metadata = build.getMetadata();
    var status = Optional.ofNullable(build.getStatus()).filter(it -> it.phase() != null);
    if (status.isEmpty()) {
      return new Cancel(metadata.getGeneration(), false);
    }
    var current = status.get();
    var isUpToDate = current.isUpToDate(metadata);
    if (!current.hasEnded()) {
      return new Cancel(current.runNumber(), !isUpToDate);
    }
    return isUpToDate
        ? new AlreadyEnded(
            current.runNumber(), Optional.ofNullable(current.phase()).orElse(BuildPhase.Cancelled))
        : new Cancel(Math.max(metadata.getGeneration(), current.runNumber() + 1), false);
  }

  /** How a run ended, as far as the status tells; empty if it has not. */
  static Optional<BuildPhase> end(ImageBuild build, long run) {
    var status = Optional.ofNullable(build.getStatus()).filter(it -> it.phase() != null);
    return status.flatMap(it ->
        it.runNumber() == run
            ? Optional.ofNullable(it.phase()).filter(BuildPhase::isFinal)
            : it.history().stream()
                .filter(entry -> Long.valueOf(run).equals(entry.run()))
                .map(entry -> entry.phase())
                .findFirst()
                .or(() ->
                    it.runNumber() > run ? Optional.of(BuildPhase.Cancelled) : Optional.empty()));
  }
}
