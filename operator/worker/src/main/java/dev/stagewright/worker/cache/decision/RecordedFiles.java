package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.InputFiles;
import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.cache.key.SelectionKey;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.Step;
import java.util.Map;
import java.util.Optional;

/**
 * Finds files of stages that do not run in their records, and all other files elsewhere.
 *
 * @param recorded records by the id of the stage
 * @param others finds the other files
 */
record RecordedFiles(Map<String, FilesRecord> recorded, InputFiles others) implements InputFiles {

  @Override
  public Optional<SelectedFiles> of(Step.Copy step) {
    return selected(step.from(), SelectionKey.of(step)).or(() -> others.of(step));
  }

  @Override
  public Optional<SelectedFiles> of(RunMount.Bind mount) {
    return selected(mount.from(), SelectionKey.of(mount)).or(() -> others.of(mount));
  }

  private Optional<SelectedFiles> selected(Step.CopyFrom from, CacheKey selection) {
    return from instanceof Step.CopyFrom.Stage(var id)
        ? Optional.ofNullable(recorded.get(id))
            .flatMap(files -> Optional.ofNullable(files.selections().get(selection.hex())))
            .map(SelectedFiles::new)
        : Optional.empty();
  }
}
