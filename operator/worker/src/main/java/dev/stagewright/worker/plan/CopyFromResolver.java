package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Step.CopyFrom;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Says where COPY and the mounts of RUN find files.
 *
 * @param imageStage id of the stage that stands for an image, by the image's name
 * @param failures of the stage that looks for files
 */
record CopyFromResolver(UnaryOperator<String> imageStage, StageFailures failures) {

  /**
   * Where a source's files are; empty for scratch, which has none.
   *
   * @throws BuildFailedException if it is a named context
   */
  Optional<CopyFrom> of(EvaluatedInstruction at, FileSource source) {
    return switch (source) {
      case FileSource.Context() -> Optional.of(new CopyFrom.Context());
      case FileSource.Stage(var index) -> Optional.of(new CopyFrom.Stage("s" + index));
      case FileSource.Image(var name) -> Optional.of(new CopyFrom.Stage(imageStage.apply(name)));
      case FileSource.NamedContext(var name) ->
          throw failures.unsupported(at, "the named context " + name);
      case FileSource.Nothing() -> Optional.empty();
    };
  }
}
