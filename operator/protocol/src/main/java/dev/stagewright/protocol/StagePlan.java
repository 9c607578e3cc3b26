package dev.stagewright.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A stage that the target needs.
 *
 * @param id {@code s0}, {@code s1}, … in the order of the Dockerfile; an image in {@code COPY
 *     --from} is a stage of its own, {@code i0}, {@code i1}, …
 * @param name name for users: the name after AS, otherwise the index of the stage; for an image its
 *     name
 * @param position position of FROM, or of the COPY for an image stage
 * @param base base of the stage
 * @param steps steps in order
 * @param exports absolute paths, which may contain wildcards, that other stages copy from this
 *     stage; a directory includes all its files
 * @param snapshot whether the stage writes one layer per step, since it is the target or the base
 *     of another stage
 * @param history entries that the stage adds to the history of the image, in order
 * @param shared stages that run in the same Pod before this stage, each the base of the next, the
 *     last the base of this stage. Then {@code base} is the base of the first of them, and steps,
 *     history and layers begin with theirs. Usually empty.
 * @param needsInPlace why the stage works only in the sandbox {@code inPlace}, as a clause with the
 *     position; empty if no reason is known
 * @param location where the stage runs; empty in a plan of an earlier release, whose stages all run
 *     in Pods
 */
public record StagePlan(
    String id,
    String name,
    InstructionPosition position,
    StageBase base,
    List<Step> steps,
    List<String> exports,
    boolean snapshot,
    List<HistoryEntry> history,
    List<SharedStage> shared,
    Optional<String> needsInPlace,
    Optional<StageLocation> location) {

  /** Starts a plan of the stage with this id, name and position. */
  public static StagePlanBuilder builder(String id, String name, InstructionPosition position) {
    return new StagePlanBuilder(id, name, position);
  }

  /** Starts a copy of this plan. */
  public StagePlanBuilder toBuilder() {
    return builder(id, name, position)
        .base(base)
        .steps(steps)
        .exports(exports)
        .snapshot(snapshot)
        .history(history)
        .shared(shared)
        .needsInPlace(needsInPlace)
        .location(location.orElse(StageLocation.POD));
  }

  /** All stages that run in the Pod, in order; this stage is the last. */
  public List<Member> members() {
    var members = new ArrayList<Member>();
    var first = 0;
    for (var stage : shared) {
      members.add(new Member(stage.id(), stage.name(), stage.position(), first, stage.steps()));
      first += stage.steps();
    }
    members.add(new Member(id, name, position, first, steps.size() - first));
    return List.copyOf(members);
  }

  /** The marker that the Pod logs at the last step of one of its stages. */
  public StepMarker lastStep(Member member) {
    var total = member.steps() + 1;
    var position =
        member.steps() == 0
            ? member.position()
            : steps.get(member.firstStep() + member.steps() - 1).position();
    return new StepMarker(member.name(), total, total, position.instruction());
  }

  /** Ids of the stages that this stage waits for, at its start or at a COPY. */
  public Set<String> needs() {
    var needs = new LinkedHashSet<String>();
    if (base instanceof StageBase.Stage(var parent)) {
      needs.add(parent);
    }
    for (var step : steps) {
      sources(step)
          .forEach(source -> {
            if (source instanceof Step.CopyFrom.Stage(var from)) {
              needs.add(from);
            }
          });
    }
    return Collections.unmodifiableSet(needs);
  }

  private static Stream<Step.CopyFrom> sources(Step step) {
    return switch (step) {
      case Step.Copy copy -> copy.sources().isEmpty() ? Stream.of() : Stream.of(copy.from());
      case Step.Run run ->
          run.surroundings().mounts().stream().flatMap(mount -> mount.source().stream());
      case Step.Workdir _ -> Stream.of();
    };
  }

  /** Whether the stage runs in the worker Pod and has no Pod of its own. */
  public boolean runsInWorker() {
    return location.filter(StageLocation.WORKER::equals).isPresent();
  }

  /** Whether any step reads files of the build context. */
  public boolean usesContext() {
    return steps.stream()
        .flatMap(StagePlan::sources)
        .anyMatch(Step.CopyFrom.Context.class::isInstance);
  }

  /** Whether any step adds files that the prepare phase fetched. */
  public boolean usesRemotes() {
    return steps.stream()
        .anyMatch(step -> step instanceof Step.Copy copy && !copy.remotes().isEmpty());
  }

  /** Whether a RUN instruction mounts a cache. */
  public boolean usesCacheMounts() {
    return mounts().stream().anyMatch(RunMount.Cache.class::isInstance);
  }

  /** All mounts of the RUN instructions, in order. */
  public List<RunMount> mounts() {
    return steps.stream()
        .filter(Step.Run.class::isInstance)
        .flatMap(step -> ((Step.Run) step).surroundings().mounts().stream())
        .toList();
  }

  /** Whether any RUN requests all privileges. */
  public boolean needsPrivileges() {
    return steps.stream()
        .anyMatch(step -> step instanceof Step.Run run && run.surroundings().insecure());
  }

  /** Whether any RUN has only a loopback interface. */
  public boolean needsOwnNetwork() {
    return steps.stream()
        .anyMatch(step ->
            step instanceof Step.Run run
                && run.surroundings().network() == RunOptions.Network.NONE);
  }

  /**
   * A stage without its own Pod, since it is the base of exactly one other stage and no stage
   * copies from it.
   *
   * @param id id of the stage, as in {@link StagePlan}
   * @param name name for users
   * @param position position of FROM
   * @param steps number of its own steps
   */
  public record SharedStage(String id, String name, InstructionPosition position, int steps) {}

  /**
   * One of the stages that run in a Pod.
   *
   * @param firstStep index of its first step in {@link StagePlan#steps}
   * @param steps number of its own steps
   */
  public record Member(
      String id, String name, InstructionPosition position, int firstStep, int steps) {}

  /**
   * An entry of the history of the image.
   *
   * @param createdBy text as BuildKit writes it
   * @param step index in {@link StagePlan#steps} of the step that creates the layer; -1 for an
   *     entry without a layer
   * @param line of the instruction in the Dockerfile; 0 if unknown
   */
  public record HistoryEntry(String createdBy, int step, int line) {}
}
