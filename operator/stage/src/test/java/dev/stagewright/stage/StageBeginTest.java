package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StageStart;
import dev.stagewright.protocol.StageStart.Owner;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stage starts while publish decides anew about it. */
@NeedsRoot
@Timeout(60)
class StageBeginTest {
  @TempDir Path folder;
  private TestStage build;
  private TestRoot root;
  private StageStart start;

  @BeforeEach
  void plan() throws IOException {
    build =
        new TestStage(folder.resolve("workspace"))
            .stage("s0", new StageBase.Scratch(), List.of(), true, run("touch /begun"));
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    start = new StageStart(Files.createDirectories(build.folder("s0")));
  }

  private boolean hasBegun() {
    return Files.exists(root.path().resolve("begun"));
  }

  @Test
  void publishNoticesThatItHasStarted() throws Exception {
    assertThat(build.run("s0", root.path())).as(build.log()).isZero();

    assertThat(start.take(Owner.PUBLISH)).isEqualTo(Owner.STAGE);
  }

  @Test
  void itWaitsUntilTheDecisionIsStored() throws Exception {
    assertThat(start.take(Owner.PUBLISH)).isEqualTo(Owner.PUBLISH);
    try (var threads = Executors.newSingleThreadExecutor()) {
      Callable<Integer> pod = () -> build.run("s0", root.path());
      var end = threads.submit(pod);
      await().until(() -> Files.exists(build.folder("s0").resolve(Workspace.BLOBS)));
      assertThat(hasBegun()).isFalse();

      start.release();

      assertThat(end.get()).as(build.log()).isZero();
    }
    assertThat(hasBegun()).isTrue();
    assertThat(start.owner()).contains(Owner.STAGE);
  }

  @Test
  void itRunsNothingIfPublishHasDecidedSo() throws Exception {
    var known = new StageResult("s0", List.of(), Optional.empty());
    assertThat(start.take(Owner.PUBLISH)).isEqualTo(Owner.PUBLISH);
    Files.writeString(build.folder("s0").resolve(Workspace.RESULT), Json.write(known));

    assertThat(build.run("s0", root.path())).as(build.log()).isZero();

    assertThat(hasBegun()).isFalse();
    assertThat(build.result("s0")).isEqualTo(known);
  }

  @Test
  void anotherPodContinuesWhatTheFirstOneBegan() throws Exception {
    assertThat(start.take(Owner.STAGE)).isEqualTo(Owner.STAGE);

    assertThat(build.run("s0", root.path())).as(build.log()).isZero();

    assertThat(hasBegun()).isTrue();
  }
}
