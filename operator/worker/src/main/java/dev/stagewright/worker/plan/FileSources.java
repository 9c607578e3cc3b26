package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.dockerfile.eval.RequiredImage;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Step.CopyFrom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The sources that COPY, ADD and the mounts of RUN read files from. An image that files are copied
 * from is a stage of its own in the plan ({@code i0}, {@code i1}, … in the order of the
 * Dockerfile), and a URL or Git repository of ADD is a remote source ({@code r0}, {@code r1}, …).
 */
final class FileSources {
  private final Evaluation evaluation;
  private final List<RequiredImage> images;
  private final List<RemoteSource> remotes;

  /**
   * Collects the sources of all stages.
   *
   * @param dockerfile path of the Dockerfile inside the source
   */
  FileSources(Evaluation evaluation, String dockerfile) {
    this.evaluation = evaluation;
    this.images =
        evaluation.images().stream()
            .filter(image -> image.use() == RequiredImage.Use.FILES)
            .toList();
    this.remotes = remotes(evaluation, dockerfile);
  }

  /** The URLs and Git repositories that ADD reads, each once, in the order of the Dockerfile. */
  List<RemoteSource> remotes() {
    return remotes;
  }

  /** The id of a URL or Git repository. */
  String remoteId(AddSource source) {
    return remotes.stream()
        .filter(remote -> remote.source().equals(source))
        .findFirst()
        .orElseThrow()
        .id();
  }

  /** The images that a stage is the first to read files from. */
  List<RequiredImage> imagesFirstReadBy(EvaluatedStage stage) {
    return images.stream().filter(image -> image.stage() == stage.index()).toList();
  }

  /** The id of the stage that stands for an image. */
  String imageStageId(String image) {
    return "i" + images.stream().map(RequiredImage::name).toList().indexOf(image);
  }

  /** The absolute paths that later stages read from a stage or an image, wildcards included. */
  List<String> exports(FileSource producer) {
    return evaluation.stages().stream()
        .flatMap(stage -> stage.needs().stream())
        .filter(need -> need.source().equals(producer))
        .flatMap(need -> need.paths().stream())
        .distinct()
        .toList();
  }

  /**
   * The location of the files of a source; empty for scratch, which has no files.
   *
   * @param instruction the instruction that reads the source
   * @throws BuildFailedException if the source is a named context
   */
  Optional<CopyFrom> copyFrom(
      FileSource source, EvaluatedInstruction instruction, InstructionLocator locator) {
    return switch (source) {
      case FileSource.Context() -> Optional.of(new CopyFrom.Context());
      case FileSource.Stage stage -> Optional.of(new CopyFrom.Stage(stage.id()));
      case FileSource.Image(var name) -> Optional.of(new CopyFrom.Stage(imageStageId(name)));
      case FileSource.NamedContext(var name) ->
          throw locator.unsupported(instruction, "the named context " + name);
      case FileSource.Nothing() -> Optional.empty();
    };
  }

  private static List<RemoteSource> remotes(Evaluation evaluation, String dockerfile) {
    var first = new LinkedHashMap<AddSource, RemoteSource>();
    for (var stage : evaluation.stages()) {
      var locator = new InstructionLocator(dockerfile, stage);
      for (var instruction : stage.instructions()) {
        if (instruction instanceof EvaluatedInstruction.Copy copy) {
          copy.sources().stream()
              .filter(source -> !(source instanceof AddSource.Local))
              .forEach(source ->
                  first.computeIfAbsent(
                      source,
                      _ ->
                          new RemoteSource(
                              "r" + first.size(), source, stage.name(), locator.of(copy))));
        }
      }
    }
    return List.copyOf(first.values());
  }
}
