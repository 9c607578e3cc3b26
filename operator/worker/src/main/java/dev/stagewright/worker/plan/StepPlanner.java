package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.eval.InlineFile;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lowers the instructions of one stage that touch files.
 *
 * @param runs lowers RUN
 * @param origins says where files are found
 * @param additions knows what ADD takes from elsewhere
 * @param places gives positions
 * @param failures of the stage
 */
record StepPlanner(
    RunPlanner runs,
    CopyFromResolver origins,
    RemoteSources additions,
    Positions places,
    StageFailures failures) {
  private static final String ROOT = "/";

  /**
   * The step of an instruction; empty where it only changes the config.
   *
   * @throws BuildFailedException if stages cannot do what the instruction asks for
   */
  Optional<Step> of(EvaluatedInstruction instruction) {
    return switch (instruction) {
      case EvaluatedInstruction.Run run -> Optional.of(runs.of(run));
      case EvaluatedInstruction.Copy copy -> Optional.of(copy(copy));
      case EvaluatedInstruction.Workdir workdir when workdir.path().equals(ROOT) ->
          Optional.empty();
      case EvaluatedInstruction.Workdir workdir ->
          Optional.of(new Step.Workdir(places.of(workdir), workdir.path(), workdir.user()));
      case EvaluatedInstruction.Setting _ -> Optional.empty();
    };
  }

  private Step copy(EvaluatedInstruction.Copy copy) {
    return Step.Copy.builder(places.of(copy), from(copy), copy.destination())
        .sources(copy.paths())
        .files(inline(copy.files()))
        .chown(copy.chown())
        .chmod(copy.chmod())
        .exclude(copy.exclude())
        .parents(copy.parents())
        .link(copy.link())
        .unpack(copy.unpack())
        .remotes(remotes(copy))
        .build();
  }

  private List<Step.Remote> remotes(EvaluatedInstruction.Copy copy) {
    var remotes = new ArrayList<Step.Remote>();
    var locals = 0;
    for (var source : copy.sources()) {
      switch (source) {
        case AddSource.Local _ -> locals++;
        case AddSource.Http url ->
            remotes.add(
                new Step.Remote(additions.id(url), url.fileName(), locals, copy.unpackRemote()));
        case AddSource.Git repository -> {
          checkScheme(copy, repository);
          remotes.add(new Step.Remote(additions.id(repository), "", locals, false));
        }
      }
    }
    return List.copyOf(remotes);
  }

  private void checkScheme(EvaluatedInstruction.Copy copy, AddSource.Git repository) {
    if (!repository.url().matches("(?i)https?://.*")) {
      throw failures.unsupported(
          copy, "ADD of a git repository in another way than over http and https,");
    }
  }

  private Step.CopyFrom from(EvaluatedInstruction.Copy copy) {
    return origins
        .of(copy, copy.from())
        .orElseThrow(() ->
            failures.of(
                copy,
                FailureReason.CopyFailed,
                "COPY failed: scratch has no files: "
                    + String.join(", ", copy.paths())
                    + " not found"));
  }

  private static List<Step.InlineFile> inline(List<InlineFile> files) {
    return files.stream().map(file -> new Step.InlineFile(file.name(), file.content())).toList();
  }
}
