package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.source.GoPath;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.dockerfile.stages.ResolvedBase;
import java.util.ArrayList;
import java.util.List;

/**
 * An evaluated stage.
 *
 * @param stage as parsed
 * @param base base of the stage
 * @param platform of the base
 * @param instructions in order, triggers of the base first, without FROM
 * @param settings after the last instruction, including the settings of the base
 * @param history the history entries that the stage adds, in order
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

  /** The index of the stage in the Dockerfile. */
  public int index() {
    return stage.index();
  }

  /** The id of the stage in a plan. */
  public String id() {
    return stage.id();
  }

  /** The name of the stage, or its index if it has no name. */
  public String name() {
    return stage.label();
  }

  /**
   * The files that the instructions read from other sources, including the build context, in order.
   */
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
   * The files that an instruction reads from another source.
   *
   * @param instruction index into {@link #instructions}
   * @param source of the files
   * @param paths absolute, with wildcards; a directory includes its content
   */
  public record Need(int instruction, FileSource source, List<String> paths) {
    /** Copies the list. */
    public Need {
      paths = List.copyOf(paths);
    }
  }
}
