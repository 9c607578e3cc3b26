package dev.stagewright.worker.cache.decision;

import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.Step;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the stages that a step reads files of. */
final class StageReads {
  private StageReads() {}

  /** Ids of the stages whose files are an input of the step, and part of its key. */
  static Set<String> inputs(Step step) {
    return ids(sources(step, RunMount.Bind.class));
  }

  /** Ids of the stages whose files have to exist when the step runs. */
  static Set<String> all(Step step) {
    return ids(sources(step, RunMount.class));
  }

  private static Stream<Step.CopyFrom> sources(Step step, Class<? extends RunMount> mounts) {
    return switch (step) {
      case Step.Copy copy -> copy.sources().isEmpty() ? Stream.of() : Stream.of(copy.from());
      case Step.Run run ->
          run.surroundings().mounts().stream()
              .filter(mounts::isInstance)
              .flatMap(mount -> mount.source().stream());
      case Step.Workdir _ -> Stream.of();
    };
  }

  private static Set<String> ids(Stream<Step.CopyFrom> sources) {
    return sources
        .flatMap(
            source -> source instanceof Step.CopyFrom.Stage(var id) ? Stream.of(id) : Stream.of())
        .collect(Collectors.toSet());
  }
}
