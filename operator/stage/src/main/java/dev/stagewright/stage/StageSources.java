package dev.stagewright.stage;

import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import dev.stagewright.stage.copy.CopySources;
import dev.stagewright.stage.copy.OpenedTrees;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the sources of COPY and ADD on the workspace, each once. */
final class StageSources implements CopySources, Closeable {
  private final BuildPlan plan;
  private final Path context;
  private final Path remotes;
  private final StageAwaiter others;
  private final OpenedTrees trees = new OpenedTrees();

  StageSources(BuildPlan plan, Path context, Path remotes, StageAwaiter others) {
    this.plan = plan;
    this.context = context;
    this.remotes = remotes;
    this.others = others;
  }

  @Override
  public IndexedTar open(CopyFrom from) throws IOException {
    return switch (from) {
      case CopyFrom.Context _ -> trees.open(context);
      case CopyFrom.Stage(var id) -> {
        var exports = others.await(id).exports().orElseThrow(() -> noExports(id));
        yield trees.open(others.folder(id).resolve(exports.folder()));
      }
    };
  }

  private static IOException noExports(String stage) {
    return new IOException("stage " + stage + " has no exported files");
  }

  @Override
  public IndexedTar open(Step.Remote remote) throws IOException {
    return trees.open(remotes.resolve(remote.id()));
  }

  @Override
  public void close() throws IOException {
    trees.close();
  }

  @Override
  public String describe(CopyFrom from) {
    return switch (from) {
      case CopyFrom.Context _ -> "the build context";
      case CopyFrom.Stage(var id) -> "stage \"" + plan.stage(id).name() + "\"";
    };
  }

  @Override
  public String definition(CopyFrom from) {
    return switch (from) {
      case CopyFrom.Context _ -> "context";
      case CopyFrom.Stage(var id) -> new StageDefinition(plan).of(id);
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
