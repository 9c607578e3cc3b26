package dev.stagewright.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One stage that the target needs.
 *
 * @param id {@code s0}, {@code s1}, … in the order of the Dockerfile; an image that {@code COPY
 *     --from} names is a stage of its own, {@code i0}, {@code i1}, …
 * @param name what users call it: the name after AS, else the stage's index; for an image its name
 * @param position of its FROM (or, for an image stage, of the COPY that names it)
 * @param base what it starts from
 * @param steps in order
 * @param exports absolute paths, wildcards allowed, that other stages copy from this one; a
 *     directory means all below it
 * @param snapshot whether the stage writes its layers, one a step: it is the target, or the base of
 *     another stage
 * @param history what the stage adds to the image's history, in order
 * @param shared the stages that its Pod runs before it, each built on the one before, the stage
 *     itself on the last: base is what the first of them starts from, and steps, history and layers
 *     begin with theirs; most often empty
 * @param needsInPlace what in it works in the sandbox {@code inPlace} alone, as a clause with its
 *     place; empty where nothing is known to
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
    Optional<String> needsInPlace) {

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
        .needsInPlace(needsInPlace);
  }

  /** All stages that its Pod runs, in order; itself last. */
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

  /** What the Pod logs when a stage that it runs comes to its last step. */
  public StepMarker lastStep(Member member) {
    var total = member.steps() + 1;
    var position =
        member.steps() == 0
            ? member.position()
            : steps.get(member.firstStep() + member.steps() - 1).position();
    return new StepMarker(member.name(), total, total, position.instruction());
  }

  /** Ids of the stages that this one waits for, be it at its start or at a COPY. */
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

  /** Whether a step reads files of the build context. */
  public boolean usesContext() {
    return steps.stream()
        .flatMap(StagePlan::sources)
        .anyMatch(Step.CopyFrom.Context.class::isInstance);
  }

  /** Whether a step adds what prepare fetched. */
  public boolean usesRemotes() {
    return steps.stream()
        .anyMatch(step -> step instanceof Step.Copy copy && !copy.remotes().isEmpty());
  }

  /** All mounts of its RUN instructions, in order. */
  public List<RunMount> mounts() {
    return steps.stream()
        .filter(Step.Run.class::isInstance)
        .flatMap(step -> ((Step.Run) step).surroundings().mounts().stream())
        .toList();
  }

  /** Whether a RUN asks for all privileges. */
  public boolean needsPrivileges() {
    return steps.stream()
        .anyMatch(step -> step instanceof Step.Run run && run.surroundings().insecure());
  }

  /** Whether a RUN is to reach nothing but itself. */
  public boolean needsOwnNetwork() {
    return steps.stream()
        .anyMatch(step ->
            step instanceof Step.Run run
                && run.surroundings().network() == RunOptions.Network.NONE);
  }

  /**
   * A stage that has no Pod of its own, because only one other is built on it, and nobody copies
   * from it.
   *
   * @param id as it would have beside the others
   * @param name what users call it
   * @param position of its FROM
   * @param steps how many steps are its own
   */
  public record SharedStage(String id, String name, InstructionPosition position, int steps) {}

  /**
   * One of the stages that a Pod runs.
   *
   * @param firstStep index of its first step in {@link StagePlan#steps}
   * @param steps how many are its own
   */
  public record Member(
      String id, String name, InstructionPosition position, int firstStep, int steps) {}

  /**
   * A line of the image's history.
   *
   * @param createdBy as BuildKit words it
   * @param step index into {@link #steps} of the step whose layer this is; -1 for an entry without
   *     a layer
   */
  public record HistoryEntry(String createdBy, int step) {}
}
