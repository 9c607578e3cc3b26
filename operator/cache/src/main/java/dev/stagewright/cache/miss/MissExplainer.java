package dev.stagewright.cache.miss;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.LatestRecord.LatestStep;
import dev.stagewright.cache.record.LatestRecord.Stage;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what differs from the latest build at the first step that is not known. */
public final class MissExplainer {
  private final BuildPlan plan;
  private final LatestRecord latest;

  /** Compares the stages of this plan with the latest build. */
  public MissExplainer(BuildPlan plan, LatestRecord latest) {
    this.plan = plan;
    this.latest = latest;
  }

  /**
   * Explains why a step has to run.
   *
   * @param keys keys of the stage in this build
   * @param known number of first steps whose results are known
   * @return a clause, for example {@code COPY . .: src/main.go changed}; empty if all steps are
   *     known
   */
  public Optional<String> explain(StagePlan stage, StageKeys keys, int known) {
    if (known >= stage.steps().size()) {
      return Optional.empty();
    }
    var clause =
        known < keys.steps().size()
            ? new Miss(stage, keys, known).clause()
            : instruction(stage, known) + ": " + waitsFor(stage.steps().get(known));
    return Optional.of(Phrase.clause(clause));
  }

  private static String instruction(StagePlan stage, int step) {
    return Phrase.instruction(stage.steps().get(step).position().instruction());
  }

  private String waitsFor(Step step) {
    var stages = new ArrayList<String>();
    switch (step) {
      case Step.Copy copy -> addName(copy.from(), stages);
      case Step.Run run ->
          run.surroundings()
              .mounts()
              .forEach(mount -> mount.source().ifPresent(from -> addName(from, stages)));
      case Step.Workdir _ -> {}
    }
    return "it reads files of stage " + Phrase.enumeration(stages) + ", which runs again";
  }

  private void addName(Step.CopyFrom from, List<String> names) {
    if (from instanceof Step.CopyFrom.Stage(var id)) {
      names.add(Phrase.value(plan.stage(id).name()));
    }
  }

  private Optional<Stage> latest(String name) {
    return latest.stages().stream().filter(stage -> stage.name().equals(name)).findFirst();
  }

  /** A step of a stage that is not known, although its key is. */
  private final class Miss {
    private final StagePlan stage;
    private final StageKeys keys;
    private final int step;

    Miss(StagePlan stage, StageKeys keys, int step) {
      this.stage = stage;
      this.keys = keys;
      this.step = step;
    }

    String clause() {
      var parent = keys.steps().get(step).parent();
      var sameName = latest(stage.name());
      var before = sameName.flatMap(it -> after(parent, it)).or(() -> elsewhere(parent, sameName));
      if (before.isPresent()) {
        return instruction(stage, step) + ": " + difference(step, before.get(), sameName);
      }
      if (sameName.isEmpty()) {
        return "stage " + Phrase.value(stage.name()) + " is new";
      }
      var steps = sameName.get().steps();
      if (step > 0 && !steps.isEmpty() && steps.getLast().key().key().equals(parent)) {
        return instruction(stage, step) + ": the step is new";
      }
      return firstDifference(sameName.get());
    }

    private static Optional<LatestStep> after(CacheKey parent, Stage stage) {
      return stage.steps().stream().filter(it -> it.key().parent().equals(parent)).findFirst();
    }

    /** The stage may have been renamed, or the steps of stages that share a Pod were separate. */
    private Optional<LatestStep> elsewhere(CacheKey parent, Optional<Stage> sameName) {
      var instruction = stage.steps().get(step).position().instruction();
      return latest.stages().stream()
          .flatMap(other -> after(parent, other).stream())
          .filter(it -> sameName.isEmpty() || it.instruction().equals(instruction))
          .findFirst();
    }

    /** The steps before are known from another build than the latest, which differed before. */
    private String firstDifference(Stage before) {
      if (before.steps().isEmpty()) {
        return instruction(stage, step) + ": the step is new";
      }
      if (!before.steps().getFirst().key().parent().equals(keys.base())) {
        return new BaseDifference(plan, stage, before).clause();
      }
      for (var i = 0; i < step && i < before.steps().size(); i++) {
        if (!before.steps().get(i).key().key().equals(keys.steps().get(i).key())) {
          return "an earlier step changed: "
              + instruction(stage, i)
              + ": "
              + difference(i, before.steps().get(i), Optional.of(before));
        }
      }
      return instruction(stage, step) + ": the step is new";
    }

    private String difference(int index, LatestStep before, Optional<Stage> beforeStage) {
      var now = keys.steps().get(index);
      if (now.key().equals(before.key().key())) {
        return before.isCompleted()
            ? "its result is no longer in the cache"
            : "it has not succeeded in the latest build";
      }
      var instruction = stage.steps().get(index).position().instruction();
      if (!instruction.equals(before.instruction())) {
        if (isLater(stage, index, before.instruction())) {
          return "the step is new";
        }
        var removed = beforeStage.filter(it -> isAfter(it, before, instruction)).isPresent();
        return (removed ? "the step before it was removed: " : "was ")
            + Phrase.instruction(before.instruction());
      }
      var changes = new ArrayList<>(InputDifference.of(before.key().inputs(), now.inputs()));
      changes.addAll(FileDifference.of(before.key().files(), now.files()));
      return changes.isEmpty() ? "an input of the step changed" : Phrase.enumeration(changes);
    }

    private static boolean isLater(StagePlan stage, int index, String instruction) {
      return stage.steps().stream()
          .skip(index + 1L)
          .anyMatch(step -> step.position().instruction().equals(instruction));
    }

    private static boolean isAfter(Stage stage, LatestStep step, String instruction) {
      return stage.steps().stream()
          .skip(stage.steps().indexOf(step) + 1L)
          .anyMatch(it -> it.instruction().equals(instruction));
    }
  }

  /** A stage whose base differs from that of the latest build. */
  private record BaseDifference(BuildPlan plan, StagePlan stage, Stage before) {
    String clause() {
      var was = before.base();
      var is = Stage.base(plan, stage);
      if (stage.base() instanceof StageBase.Stage && was.equals(is)) {
        return "an earlier step ran again: stage " + Phrase.value(is) + " changed";
      }
      if (!name(was).equals(name(is))) {
        return "the base was " + Phrase.value(name(was)) + " and is " + Phrase.value(name(is));
      }
      return was.equals(is)
          ? "how layers are written changed: their compression, or SOURCE_DATE_EPOCH"
          : "the base image " + Phrase.value(name(is)) + " changed";
    }

    private static String name(String base) {
      return base.replaceFirst("@.*", "");
    }
  }
}
