package dev.stagewright.worker.lower;

import dev.stagewright.dockerfile.eval.AddedSource;
import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.eval.InlineFile;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lowers the instructions of one stage that touch files.
 *
 * @param stage its name, for failures
 * @param places gives positions
 * @param imageStage id of the stage that stands for an image that COPY --from names
 */
record Steps(String stage, Places places, Function<String, String> imageStage) {
  private static final String ROOT = "/";

  /**
   * The step of an instruction; empty where it only changes the config.
   *
   * @throws BuildFailedException if stages cannot do what the instruction asks for
   */
  Optional<Step> of(EvaluatedInstruction instruction) {
    return switch (instruction) {
      case EvaluatedInstruction.Run run -> Optional.of(run(run));
      case EvaluatedInstruction.Copy copy -> Optional.of(copy(copy));
      case EvaluatedInstruction.Workdir workdir when workdir.path().equals(ROOT) ->
          Optional.empty();
      case EvaluatedInstruction.Workdir workdir ->
          Optional.of(new Step.Workdir(places.of(workdir), workdir.path(), workdir.user()));
      case EvaluatedInstruction.Setting _ -> Optional.empty();
    };
  }

  private Step run(EvaluatedInstruction.Run run) {
    if (!run.mounts().isEmpty()) {
      throw unsupported(run, "RUN --mount");
    }
    if (!run.network().equals("default")) {
      throw unsupported(run, "RUN --network=" + run.network());
    }
    if (run.insecure()) {
      throw unsupported(run, "RUN --security=insecure");
    }
    return new Step.Run(
        places.of(run),
        run.command(),
        inline(run.scripts()),
        run.environment(),
        run.workingDirectory(),
        run.user());
  }

  private Step copy(EvaluatedInstruction.Copy copy) {
    for (var source : copy.sources()) {
      switch (source) {
        case AddedSource.Local _ -> {}
        case AddedSource.Http(var url, _, _) ->
            throw unsupported(copy, "ADD of a URL, " + url + ",");
        case AddedSource.Git git ->
            throw unsupported(copy, "ADD of a git repository, " + git.url() + ",");
      }
    }
    return new Step.Copy(
        places.of(copy),
        from(copy),
        copy.paths(),
        inline(copy.files()),
        copy.destination(),
        copy.chown(),
        copy.chmod(),
        copy.exclude(),
        copy.parents(),
        copy.link(),
        copy.unpack());
  }

  private Step.CopyFrom from(EvaluatedInstruction.Copy copy) {
    return switch (copy.from()) {
      case FileSource.Context() -> new Step.CopyFrom.Context();
      case FileSource.Stage(var index) -> new Step.CopyFrom.Stage("s" + index);
      case FileSource.Image(var name) -> new Step.CopyFrom.Stage(imageStage.apply(name));
      case FileSource.NamedContext(var name) ->
          throw unsupported(copy, "the named context " + name);
      case FileSource.Nothing() ->
          throw failure(
              copy,
              FailureReason.CopyFailed,
              "COPY failed: scratch has no files: "
                  + String.join(", ", copy.paths())
                  + " not found");
    };
  }

  private static List<Step.InlineFile> inline(List<InlineFile> files) {
    return files.stream().map(file -> new Step.InlineFile(file.name(), file.content())).toList();
  }

  private BuildFailedException unsupported(EvaluatedInstruction at, String what) {
    return failure(at, FailureReason.Unsupported, what + " is not supported by Stagewright");
  }

  private BuildFailedException failure(
      EvaluatedInstruction at, FailureReason reason, String message) {
    return new BuildFailedException(Failure.at(reason, message, stage, places.of(at)));
  }
}
