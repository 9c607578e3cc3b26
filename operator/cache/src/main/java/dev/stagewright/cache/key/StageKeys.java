package dev.stagewright.cache.key;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of the first steps of a stage: all steps whose inputs are known. A step that copies from
 * a stage whose files are not known ends them.
 *
 * @param base key of the base of the stage
 * @param steps keys of the first steps, in order
 */
public record StageKeys(CacheKey base, List<StepKey> steps) {
  /** Copies the list. */
  public StageKeys {
    steps = List.copyOf(steps);
  }

  /**
   * Computes the keys of a stage.
   *
   * @param base key of its base
   * @see BaseKey
   */
  public static StageKeys of(BuildPlan plan, StagePlan stage, CacheKey base, InputFiles files) {
    return new StageKeys(base, List.of()).extended(plan, stage, files);
  }

  /** These keys and those of the steps after them whose inputs have become known. */
  public StageKeys extended(BuildPlan plan, StagePlan stage, InputFiles files) {
    var definitions = new StageDefinitions(plan);
    var keys = new ArrayList<>(steps);
    var parent = last();
    for (var step : stage.steps().subList(steps.size(), stage.steps().size())) {
      var read = Reads.of(step, files);
      if (read.isEmpty()) {
        break;
      }
      var key = key(step, parent, read.get().files(), definitions);
      keys.add(key);
      parent = key.key();
    }
    return new StageKeys(base, keys);
  }

  private static StepKey key(
      Step step, CacheKey parent, Optional<SelectedFiles> files, StageDefinitions definitions) {
    var inputs = StepInputs.of(step, definitions);
    var hash = KeyHash.of("step").add(parent);
    inputs.addTo(hash);
    hash.add(files.map(selected -> selected.digest().hex()));
    return new StepKey(hash.key(), parent, inputs.shown(), files);
  }

  /** The key of the last of these steps; that of the base if there is none. */
  public CacheKey last() {
    return steps.isEmpty() ? base : steps.getLast().key();
  }

  /** Whether these are the keys of all steps of the stage. */
  public boolean isComplete(StagePlan stage) {
    return steps.size() == stage.steps().size();
  }

  /**
   * The known files that a step reads from outside of its stage.
   *
   * @param files empty for a step that reads none
   */
  private record Reads(Optional<SelectedFiles> files) {
    private static final Reads NOTHING = new Reads(Optional.empty());

    /** Empty if some of the files are not known. */
    static Optional<Reads> of(Step step, InputFiles files) {
      return switch (step) {
        case Step.Workdir _ -> Optional.of(NOTHING);
        case Step.Copy copy when copy.sources().isEmpty() && copy.remotes().isEmpty() ->
            Optional.of(NOTHING);
        case Step.Copy copy -> files.of(copy).map(selected -> new Reads(Optional.of(selected)));
        case Step.Run run -> of(run.surroundings().mounts(), files);
      };
    }

    private static Optional<Reads> of(List<RunMount> mounts, InputFiles files) {
      var all = new HashMap<String, SelectedFiles>();
      var hash = KeyHash.of("files of mounts");
      for (var mount : mounts) {
        if (mount instanceof RunMount.Bind bind) {
          var selected = files.of(bind);
          if (selected.isEmpty()) {
            return Optional.empty();
          }
          hash.add(selected.get().digest());
          all.put(bind.target(), selected.get());
        }
      }
      return Optional.of(
          all.isEmpty()
              ? NOTHING
              : new Reads(Optional.of(new SelectedFiles(hash.digest(), paths(all)))));
    }

    /** The paths of a single mount are those of its source, as in the messages about COPY. */
    private static Map<String, String> paths(Map<String, SelectedFiles> mounts) {
      if (mounts.size() == 1) {
        return mounts.values().iterator().next().files();
      }
      var paths = new HashMap<String, String>();
      mounts.forEach((target, selected) ->
          selected.files().forEach((path, file) -> paths.put(target + "/" + path, file)));
      return paths;
    }
  }
}
