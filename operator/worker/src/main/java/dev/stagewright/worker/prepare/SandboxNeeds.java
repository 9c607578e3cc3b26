package dev.stagewright.worker.prepare;

import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.stage.copy.ArchiveSurvey;
import dev.stagewright.stage.copy.FileTrees;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Marks the stages in a plan that need the sandbox {@code inPlace}, so that {@code auto} uses it
 * for these stages. Only needs that are certain before the build are marked.
 *
 * @param workspace root of the workspace, with the build context and fetched files
 */
record SandboxNeeds(Path workspace) {

  /** Marks the stages of a plan. */
  BuildPlan of(BuildPlan plan) throws IOException {
    var stages = new LinkedHashMap<String, StagePlan>();
    for (var stage : plan.stages()) {
      stages.put(stage.id(), stage);
    }
    for (var stage : plan.stages()) {
      var need = own(stage).or(() -> inherited(stage, stages));
      need.ifPresent(
          why -> stages.put(stage.id(), stage.toBuilder().needsInPlace(Optional.of(why)).build()));
    }
    return plan.toBuilder().stages(new ArrayList<>(stages.values())).build();
  }

  /** A stage inherits the need of the stage that it is built on. */
  private static Optional<String> inherited(
      StagePlan stage, LinkedHashMap<String, StagePlan> done) {
    return stage.base() instanceof StageBase.Stage(var parent)
        ? Optional.ofNullable(done.get(parent)).flatMap(StagePlan::needsInPlace)
        : Optional.empty();
  }

  private Optional<String> own(StagePlan stage) throws IOException {
    for (var step : stage.steps()) {
      var need = need(step);
      if (need.isPresent()) {
        return need.map(
            why -> "%s (%s:%d)".formatted(why, step.position().file(), step.position().line()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> need(Step step) throws IOException {
    return switch (step) {
      case Step.Run run -> user(run.user()).or(() -> LargeIdScan.in(text(run)));
      case Step.Workdir workdir -> user(workdir.user());
      case Step.Copy copy -> copy(copy);
    };
  }

  private static Optional<String> user(String user) {
    return Optional.of(user).filter(LargeIdScan::isLargeOwner).map(it -> "USER " + it);
  }

  private static String text(Step.Run run) {
    return Stream.concat(
            Stream.of(String.join(" ", run.command())),
            run.scripts().stream().map(Step.InlineFile::content))
        .collect(Collectors.joining("\n"));
  }

  private Optional<String> copy(Step.Copy copy) throws IOException {
    var owner = copy.chown().filter(LargeIdScan::isLargeOwner).map(it -> "--chown=" + it);
    if (owner.isPresent() || !unpacks(copy)) {
      return owner;
    }
    try (var sources = new Prepared()) {
      return new ArchiveSurvey(sources, LargeIdScan.COUNT).find(copy);
    }
  }

  private static boolean unpacks(Step.Copy copy) {
    return (copy.unpack() && copy.from() instanceof Step.CopyFrom.Context)
        || (copy.sources().isEmpty() && copy.remotes().stream().anyMatch(Step.Remote::unpack));
  }

  /** The files that prepare wrote to the workspace. */
  private final class Prepared implements FileTrees, Closeable {
    private final List<IndexedTar> opened = new ArrayList<>();

    @Override
    public IndexedTar open(Step.CopyFrom from) throws IOException {
      return open(workspace.resolve(Workspace.CONTEXT));
    }

    @Override
    public IndexedTar open(Step.Remote remote) throws IOException {
      return open(workspace.resolve(Workspace.remote(remote.id())));
    }

    private IndexedTar open(Path folder) throws IOException {
      var tar = IndexedTar.open(folder.resolve(Workspace.TAR), folder.resolve(Workspace.INDEX));
      opened.add(tar);
      return tar;
    }

    @Override
    public void close() throws IOException {
      for (var tar : opened) {
        tar.close();
      }
    }

    @Override
    public String describe(Step.CopyFrom from) {
      return "the build context";
    }

    @Override
    public Optional<String> workingDirectory(Step.CopyFrom from) {
      return Optional.empty();
    }
  }
}
