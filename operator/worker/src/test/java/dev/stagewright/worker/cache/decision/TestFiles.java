package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.InputFiles;
import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.Step;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The content of the build context, and of the stages that have run. */
final class TestFiles implements InputFiles {
  private final Map<String, String> stages = new HashMap<>();
  private String context = "files of the context";

  /** The context has other files. */
  TestFiles withContext(String content) {
    context = content;
    return this;
  }

  /** A stage has run, with these files. */
  TestFiles withStage(String id, String content) {
    stages.put(id, content);
    return this;
  }

  @Override
  public Optional<SelectedFiles> of(Step.Copy step) {
    return of(step.from());
  }

  @Override
  public Optional<SelectedFiles> of(RunMount.Bind mount) {
    return of(mount.from());
  }

  private Optional<SelectedFiles> of(Step.CopyFrom from) {
    return switch (from) {
      case Step.CopyFrom.Context() -> Optional.of(selected(context));
      case Step.CopyFrom.Stage(var id) ->
          Optional.ofNullable(stages.get(id)).map(TestFiles::selected);
    };
  }

  static SelectedFiles selected(String content) {
    return new SelectedFiles(Digest.of(content.getBytes(StandardCharsets.UTF_8)));
  }
}
