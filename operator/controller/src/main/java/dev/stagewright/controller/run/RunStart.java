package dev.stagewright.controller.run;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.TriggerStatus;
import dev.stagewright.protocol.PrintableText;
import java.time.Instant;
import java.util.Optional;

/**
 * The number of a run, and what started it.
 *
 * <p>It follows from the inputs alone: from the status of the latest run, and from the triggers
 * that this run does not include. Therefore no trigger is lost or processed twice, and triggers
 * that arrive before their run is in the status start one run together.
 *
 * @param number increases from run to run
 * @param generation of the spec that the run builds
 * @param trigger what started the run
 * @param rebuild the value of the annotation {@link ImageBuild#REBUILD_ANNOTATION} that the run
 *     includes; empty if it was never set
 * @param scheduled the time of the schedule that the run includes; empty without a schedule
 * @param artifact the artifact of a Flux source that the run includes; empty without one
 * @param missingArtifact why there is no artifact, for a run that needs one
 */
public record RunStart(
    long number,
    long generation,
    TriggerStatus trigger,
    Optional<String> rebuild,
    Optional<Instant> scheduled,
    Optional<FluxArtifact> artifact,
    Optional<String> missingArtifact) {
  private static final int MAX_VALUE_BYTES = 200;

  /** The first run of a generation. */
  public static RunStart ofGeneration(long number, long generation) {
    return new RunStart(
        number,
        generation,
        new TriggerStatus(TriggerStatus.Type.Spec, "generation " + generation + " of the spec"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The run that an ImageBuild requires at this time: the latest one, or a new one. */
  public static RunStart of(RunInputs inputs, Instant now) {
    return of(inputs, Optional.ofNullable(inputs.build().getStatus()), now);
  }

  /** The same, with a status that is not part of the ImageBuild yet. */
  public static RunStart of(RunInputs inputs, Optional<ImageBuildStatus> status, Instant now) {
    var build = inputs.build();
    var generation = (long) build.getMetadata().getGeneration();
    var written = status.filter(it -> it.observedGeneration() > 0);
    var next =
        written.isEmpty() || written.get().observedGeneration() != generation
            ? Optional.of(
                new TriggerStatus(
                    TriggerStatus.Type.Spec, "generation " + generation + " of the spec"))
            : trigger(inputs, written.get(), now);
    if (next.isEmpty()) {
      return latest(written.orElseThrow(), inputs);
    }
    return new RunStart(
        written.map(it -> Math.max(generation, it.runNumber() + 1)).orElse(generation),
        generation,
        next.get(),
        annotation(build).or(() -> written.flatMap(RunStart::observedRebuild)),
        times(build).flatMap(times -> times.last(now)),
        inputs.foundArtifact(),
        inputs.missingArtifact());
  }

  /** A run that waits for an artifact uses the first one; other runs keep theirs. */
  private static RunStart latest(ImageBuildStatus status, RunInputs inputs) {
    var start = ofGeneration(status.runNumber(), status.observedGeneration());
    return new RunStart(
        start.number,
        start.generation,
        Optional.ofNullable(status.trigger()).orElse(start.trigger),
        observedRebuild(status),
        lastScheduled(status),
        observedArtifact(status)
            .map(id ->
                inputs
                    .foundArtifact()
                    .filter(artifact -> artifact.id().equals(id))
                    .orElseGet(() -> FluxArtifact.ofId(id)))
            .or(inputs::foundArtifact),
        inputs.missingArtifact());
  }

  /** A trigger that the latest run does not include; suspended builds have none. */
  private static Optional<TriggerStatus> trigger(
      RunInputs inputs, ImageBuildStatus status, Instant now) {
    var build = inputs.build();
    return build.getSpec().suspend()
        ? Optional.empty()
        : rebuild(build, status)
            .or(() -> artifact(inputs, status))
            .or(() -> schedule(build, status, now));
  }

  /** A new artifact; a run that waits for its first one is not replaced. */
  private static Optional<TriggerStatus> artifact(RunInputs inputs, ImageBuildStatus status) {
    var observed = observedArtifact(status);
    if (observed.isEmpty() && !status.hasEnded()) {
      return Optional.empty();
    }
    return inputs
        .foundArtifact()
        .filter(artifact -> !observed.equals(Optional.of(artifact.id())))
        .map(artifact ->
            new TriggerStatus(
                TriggerStatus.Type.Artifact,
                "revision "
                    + PrintableText.message(artifact.revision(), MAX_VALUE_BYTES)
                    + " of the Flux source"));
  }

  private static Optional<TriggerStatus> rebuild(ImageBuild build, ImageBuildStatus status) {
    return annotation(build)
        .filter(value -> !observedRebuild(status).equals(Optional.of(value)))
        .map(value ->
            new TriggerStatus(
                TriggerStatus.Type.Rebuild,
                "annotation %s: %s"
                    .formatted(
                        ImageBuild.REBUILD_ANNOTATION,
                        PrintableText.message(value, MAX_VALUE_BYTES))));
  }

  /** A time that has passed since the last one; an active run ends first. */
  private static Optional<TriggerStatus> schedule(
      ImageBuild build, ImageBuildStatus status, Instant now) {
    if (!status.hasEnded()) {
      return Optional.empty();
    }
    var before =
        lastScheduled(status)
            .or(() -> Optional.ofNullable(status.completionTime()).map(Instant::parse))
            .orElse(now);
    return times(build)
        .flatMap(times -> times.last(now))
        .filter(time -> time.isAfter(before))
        .map(time -> new TriggerStatus(TriggerStatus.Type.Schedule, "scheduled for " + time));
  }

  /** An invalid schedule fails the run, see {@link ScheduleTimes#of}; it starts none. */
  private static Optional<ScheduleTimes> times(ImageBuild build) {
    try {
      return ScheduleTimes.of(build.getSpec());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The next time of the schedule; empty without one. */
  public static Optional<Instant> nextTime(ImageBuild build, Instant now) {
    return build.getSpec().suspend()
        ? Optional.empty()
        : times(build).flatMap(times -> times.next(now));
  }

  private static Optional<String> annotation(ImageBuild build) {
    return Optional.ofNullable(build.getMetadata().getAnnotations())
        .flatMap(all -> Optional.ofNullable(all.get(ImageBuild.REBUILD_ANNOTATION)))
        .filter(value -> !value.isEmpty());
  }

  private static Optional<String> observedRebuild(ImageBuildStatus status) {
    return Optional.ofNullable(status.observedRebuild());
  }

  private static Optional<String> observedArtifact(ImageBuildStatus status) {
    return Optional.ofNullable(status.observedArtifact());
  }

  private static Optional<Instant> lastScheduled(ImageBuildStatus status) {
    return Optional.ofNullable(status.lastScheduleTime()).map(Instant::parse);
  }
}
