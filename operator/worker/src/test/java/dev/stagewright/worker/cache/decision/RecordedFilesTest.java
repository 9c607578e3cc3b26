package dev.stagewright.worker.cache.decision;

import static dev.stagewright.worker.cache.decision.TestStages.copiedFrom;
import static dev.stagewright.worker.cache.decision.TestStages.copy;
import static dev.stagewright.worker.cache.decision.TestStages.copyFrom;
import static dev.stagewright.worker.cache.decision.TestStages.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.cache.key.SelectionKey;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedFilesTest {
  private static final Step.Copy COPY =
      (Step.Copy) copyFrom(copiedFrom("builder", image("golang")));
  private static final Digest RECORDED = Digest.of(new byte[] {1});

  private static FilesRecord record(Step.Copy selection) {
    var tar = new Descriptor("application/tar", Digest.of(new byte[0]), 1);
    return new FilesRecord(
        "team/app", 1, 1, tar, 1, Map.of(SelectionKey.of(selection).hex(), RECORDED));
  }

  @Test
  void aRecordKnowsTheFilesOfItsSelections() {
    var files = new RecordedFiles(Map.of("builder", record(COPY)), new TestFiles());

    assertThat(files.of(COPY)).contains(new SelectedFiles(RECORDED));
  }

  @Test
  void filesThatAreNotRecordedAreThoseOfTheWorkspace() {
    var workspace = new TestFiles().withStage("builder", "files of the stage");
    var other = COPY.toBuilder().sources(List.of("/other")).build();

    assertThat(new RecordedFiles(Map.of("builder", record(other)), workspace).of(COPY))
        .contains(TestFiles.selected("files of the stage"));
    assertThat(new RecordedFiles(Map.of("other", record(COPY)), workspace).of(COPY))
        .contains(TestFiles.selected("files of the stage"));
    assertThat(
            new RecordedFiles(Map.of("builder", record(COPY)), workspace).of((Step.Copy) copy("a")))
        .contains(TestFiles.selected("files of the context"));
  }
}
