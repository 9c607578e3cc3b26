package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.source.GoPath;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.dockerfile.stages.ResolvedBase;
import java.util.ArrayList;
import java.util.List;

/**
 * A stage that the target needs.
 *
 * @param stage as parsed
 * @param base what it is built on
 * @param platform of its base
 * @param instructions in order, triggers of the base first; FROM is not among them
 * @param settings that came out, those of the base included
 * @param history what the stage adds, in order
 */
public record EvaluatedStage(
    Stage stage,
    ResolvedBase base,
    PlatformId platform,
    List<EvaluatedInstruction> instructions,
    ImageSettings settings,
    List<HistoryLine> history) {
  /** Copies the lists. */
  public EvaluatedStage {
    instructions = List.copyOf(instructions);
    history = List.copyOf(history);
  }

  /** Its place among all stages of the Dockerfile. */
  public int index() {
    return stage.index();
  }

  /** The id of the stage in a plan. */
  public String id() {
    return stage.id();
  }

  /** Its name, or its index where it has none. */
  public String name() {
    return stage.label();
  }

  /** What each instruction takes from elsewhere, the build context included, in order. */
  public List<Need> needs() {
    var needs = new ArrayList<Need>();
    for (int i = 0; i < instructions.size(); i++) {
      switch (instructions.get(i)) {
        case EvaluatedInstruction.Copy copy when !copy.paths().isEmpty() ->
            needs.add(new Need(i, copy.from(), copy.paths().stream().map(GoPath::rooted).toList()));
        case EvaluatedInstruction.Run run -> needs.addAll(needs(i, run));
        default -> {}
      }
    }
    return List.copyOf(needs);
  }

  private static List<Need> needs(int index, EvaluatedInstruction.Run run) {
    return run.mounts().stream()
        .filter(mount -> !(mount.source() instanceof FileSource.Nothing))
        .map(mount -> new Need(index, mount.source(), List.of(mount.sourcePath())))
        .toList();
  }

  /**
   * What an instruction takes from elsewhere.
   *
   * @param instruction index into {@link #instructions}
   * @param source where from
   * @param paths absolute, wildcards as written; a directory means all below it
   */
  public record Need(int instruction, FileSource source, List<String> paths) {
    /** Copies the list. */
    public Need {
      paths = List.copyOf(paths);
    }
  }
}
