package dev.stagewright.controller.sharing;

import dev.stagewright.controller.observe.AwaitedBuild;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.protocol.StageCache;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The stages of all runs that have Pods, or could have them, and which of them wait for others.
 *
 * <p>A stage waits only for one whose Pod exists or is created now, and only for records of steps
 * whose inputs were all known before that Pod was created. That Pod needs nothing from a stage that
 * waits, so runs cannot block each other.
 *
 * <p>When a stage ends without a record, the oldest run that waits takes over at once; all others
 * go on waiting, for that run. Thread-safe.
 */
public final class SharedStages implements StageSharing {
  /** After this time without a Pod, a stage that may create one is not waited for any longer. */
  private static final Duration CREATION = Duration.ofSeconds(30);

  /** Publish records the results of a stage that has ended within this time. */
  private static final Duration RECORDING = Duration.ofSeconds(60);

  /** After a restart, the logs of all runs are known within this time. */
  private static final Duration RESTART = Duration.ofSeconds(15);

  private final Consumer<BuildRun> changed;
  private final Map<String, Entry> entries = new HashMap<>();
  private Optional<Instant> started = Optional.empty();

  /**
   * Starts without any stages.
   *
   * @param changed receives the runs whose stages wait no longer, or for another build
   */
  public SharedStages(Consumer<BuildRun> changed) {
    this.changed = changed;
  }

  @Override
  public Map<String, AwaitedBuild> share(RunWork run) {
    update(run).forEach(changed);
    return awaited(run.run());
  }

  @Override
  public void created(RunWork run, Set<String> refused) {
    begin(run, refused).forEach(changed);
  }

  /** The ImageBuild with this uid was deleted. */
  public void deleted(String uid, Instant now) {
    remove(uid, now).forEach(changed);
  }

  /** A run and its stages, by id. */
  private record Entry(RunWork run, Map<String, Stage> stages) {}

  /** The state of a stage. */
  private sealed interface State {
    /** The stage waits for records of another build. */
    record Waiting(AwaitedBuild build) implements State {}

    /** The run is about to create the Pod, or was triggered to do so. */
    record Starting(Instant since) implements State {}

    /** The API server refused the Pod. */
    record Refused() implements State {}

    record AtWork() implements State {}

    record Recording(Instant since) implements State {}
  }

  private record Stage(StageCache cache, State state) {
    /** What others wait for that want its records; empty if they do not wait. */
    Optional<AwaitedBuild> awaited(BuildRun run, Instant now) {
      var name = Optional.of(run.build());
      return switch (state) {
        case State.AtWork _ -> Optional.of(new AwaitedBuild(name, Optional.empty()));
        case State.Starting(var since) -> until(name, since.plus(CREATION), now);
        case State.Recording(var since) -> until(name, since.plus(RECORDING), now);
        case State.Waiting _, State.Refused _ -> Optional.empty();
      };
    }

    private static Optional<AwaitedBuild> until(Optional<String> name, Instant end, Instant now) {
      return now.isBefore(end)
          ? Optional.of(new AwaitedBuild(name, Optional.of(end)))
          : Optional.empty();
    }
  }

  /**
   * Records what a run does.
   *
   * @return the other runs whose stages wait no longer, or for another build
   */
  private synchronized Set<BuildRun> update(RunWork work) {
    started = started.or(() -> Optional.of(work.now()));
    var before =
        Optional.ofNullable(entries.get(work.run().uid())).map(Entry::stages).orElse(Map.of());
    if (before.isEmpty() && work.stages().isEmpty()) {
      return Set.of();
    }
    var stages = new LinkedHashMap<String, Stage>();
    for (var stage : work.stages()) {
      var known = Optional.ofNullable(before.get(stage.stage()));
      stage
          .cache()
          .or(() -> known.map(Stage::cache))
          .flatMap(cache -> state(stage, known, work.now()).map(state -> new Stage(cache, state)))
          .ifPresent(next -> stages.put(stage.stage(), next));
    }
    if (stages.isEmpty()) {
      entries.remove(work.run().uid());
    } else {
      entries.put(work.run().uid(), new Entry(work, stages));
    }
    var others = assign(work.run().namespace(), work.now());
    others.remove(work.run());
    return others;
  }

  private Optional<State> state(StageWork stage, Optional<Stage> known, Instant now) {
    var before = known.map(Stage::state);
    return switch (stage.state()) {
      case AT_WORK -> Optional.of(new State.AtWork());
      case READY, WAITED ->
          before
              .filter(it ->
                  it instanceof State.Starting(var since) && now.isBefore(since.plus(CREATION)))
              .or(() -> Optional.of(new State.Waiting(before(stage, before))));
      case DONE ->
          before
              .filter(State.Recording.class::isInstance)
              .or(() ->
                  before
                      .filter(it -> it instanceof State.AtWork || it instanceof State.Starting)
                      .map(_ -> new State.Recording(now)));
    };
  }

  /** Nobody knows yet what a stage waits for that has waited before a restart. */
  private AwaitedBuild before(StageWork stage, Optional<State> before) {
    if (before.orElse(null) instanceof State.Waiting(var build)) {
      return build;
    }
    var settled = started.orElseThrow().plus(RESTART);
    return new AwaitedBuild(
        Optional.empty(),
        before.isEmpty() && stage.state() == StageWork.State.WAITED
            ? Optional.of(settled)
            : Optional.empty());
  }

  private synchronized Set<BuildRun> remove(String uid, Instant now) {
    var removed = entries.remove(uid);
    return removed == null ? Set.of() : assign(removed.run().run().namespace(), now);
  }

  private synchronized Set<BuildRun> begin(RunWork work, Set<String> refused) {
    var entry = entries.get(work.run().uid());
    if (entry == null) {
      return Set.of();
    }
    entry
        .stages()
        .replaceAll((id, stage) ->
            stage.state() instanceof State.Starting
                ? new Stage(
                    stage.cache(), refused.contains(id) ? new State.Refused() : new State.AtWork())
                : stage);
    return refused.isEmpty() ? Set.of() : assign(work.run().namespace(), work.now());
  }

  /** What the stages of a run wait for, by id. */
  private synchronized Map<String, AwaitedBuild> awaited(BuildRun run) {
    var awaited = new HashMap<String, AwaitedBuild>();
    var entry = entries.get(run.uid());
    if (entry != null) {
      entry
          .stages()
          .forEach((id, stage) -> {
            if (stage.state() instanceof State.Waiting(var build)) {
              awaited.put(id, build);
            }
          });
    }
    return Map.copyOf(awaited);
  }

  /** Decides about all stages that wait, those of the oldest run first. */
  private Set<BuildRun> assign(String namespace, Instant now) {
    removeRecorded(now);
    var runs = new HashSet<BuildRun>();
    var all =
        entries.values().stream()
            .filter(entry -> entry.run().run().namespace().equals(namespace))
            .sorted((one, other) -> RunWork.BY_AGE.compare(one.run(), other.run()))
            .toList();
    for (var entry : all) {
      for (var id : List.copyOf(entry.stages().keySet())) {
        var stage = Optional.ofNullable(entry.stages().get(id)).orElseThrow();
        if (stage.state() instanceof State.Waiting(var before)) {
          var next =
              awaited(entry, stage, all, now)
                  .or(() -> whileRestarting(before, now))
                  .<State>map(State.Waiting::new)
                  .orElseGet(() -> new State.Starting(now));
          if (!next.equals(stage.state())) {
            entry.stages().put(id, new Stage(stage.cache(), next));
            runs.add(entry.run().run());
          }
        }
      }
    }
    return runs;
  }

  /** Most runs are not reconciled again after their stages are recorded. */
  private void removeRecorded(Instant now) {
    for (var entry : List.copyOf(entries.values())) {
      entry
          .stages()
          .values()
          .removeIf(stage ->
              stage.state() instanceof State.Recording(var since)
                  && !now.isBefore(since.plus(RECORDING)));
      if (entry.stages().isEmpty()) {
        entries.remove(entry.run().run().uid());
      }
    }
  }

  private static Optional<AwaitedBuild> awaited(
      Entry waiting, Stage stage, List<Entry> all, Instant now) {
    return all.stream()
        .filter(other -> !other.run().run().uid().equals(waiting.run().run().uid()))
        .flatMap(other ->
            other.stages().values().stream()
                .filter(it -> StageWork.writes(it.cache(), stage.cache()))
                .flatMap(it -> it.awaited(other.run().run(), now).stream()))
        .findFirst();
  }

  private static Optional<AwaitedBuild> whileRestarting(AwaitedBuild before, Instant now) {
    return Optional.of(before)
        .filter(build -> build.name().isEmpty())
        .filter(build -> build.until().filter(now::isBefore).isPresent());
  }
}
