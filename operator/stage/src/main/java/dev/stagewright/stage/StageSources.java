package dev.stagewright.stage;

import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.stage.copy.CopySources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds what COPY copies on the workspace, each opened once. */
final class StageSources implements CopySources {
  private final BuildPlan plan;
  private final Path context;
  private final OtherStages others;
  private final Map<CopyFrom, IndexedTar> opened = new HashMap<>();

  StageSources(BuildPlan plan, Path context, OtherStages others) {
    this.plan = plan;
    this.context = context;
    this.others = others;
  }

  @Override
  public IndexedTar open(CopyFrom from) throws IOException {
    var known = opened.get(from);
    if (known != null) {
      return known;
    }
    var folder =
        switch (from) {
          case CopyFrom.Context _ -> context;
          case CopyFrom.Stage(var id) -> {
            others.await(id);
            yield others.folder(id);
          }
        };
    var tar = IndexedTar.open(folder.resolve(Workspace.TAR), folder.resolve(Workspace.INDEX));
    opened.put(from, tar);
    return tar;
  }

  @Override
  public String describe(CopyFrom from) {
    return switch (from) {
      case CopyFrom.Context _ -> "the build context";
      case CopyFrom.Stage(var id) -> "stage \"" + plan.stage(id).name() + "\"";
    };
  }

  @Override
  public Optional<String> workingDirectory(CopyFrom from) {
    if (!(from instanceof CopyFrom.Stage(var id))) {
      return Optional.empty();
    }
    var directory = "/";
    for (var step : plan.stage(id).steps()) {
      directory =
          switch (step) {
            case Step.Workdir workdir -> workdir.path();
            case Step.Run run -> run.workingDirectory();
            case Step.Copy _ -> directory;
          };
    }
    return directory.equals("/") ? Optional.empty() : Optional.of(directory);
  }
}
