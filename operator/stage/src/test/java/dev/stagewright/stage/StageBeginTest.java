package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.protocol.CachedSteps;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StageStart;
import dev.stagewright.protocol.StageStart.Owner;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  private void cached(List<StageResult.Layer> layers, Optional<Integer> imageLayers)
      throws IOException {
    DurableFile.write(
        build.folder("s0").resolve(Workspace.CACHED),
        Json.write(new CachedSteps("s0", layers.size(), layers, imageLayers))
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Runs a Pod with the base image, and publish as soon as the Pod requests layers. */
  private void runWithoutImage(Callable<?> publish) throws Exception {
    try (var threads = Executors.newSingleThreadExecutor()) {
      Callable<Integer> pod = () -> build.run("s0", root.path());
      var end = threads.submit(pod);
      await().until(() -> Files.exists(build.folder("s0").resolve(Workspace.LAYERS_REQUESTED)));
      assertThat(start.owner()).isEmpty();
      var _ = publish.call();
      assertThat(end.get()).as(build.log()).isZero();
    }
  }

  @Test
  void aPodWithoutTheImageOfItsKnownStepsRequestsTheirLayers() throws Exception {
    assertThat(build.run("s0", root.path())).as(build.log()).isZero();
    var layers = build.result("s0").layers();
    var blob = build.folder("s0").resolve(Workspace.blob(layers.getFirst().blob().digest()));
    var inCache = Files.move(blob, folder.resolve("cache"));
    for (var file :
        List.of(build.folder("s0").resolve(Workspace.RESULT), root.path().resolve("begun"))) {
      Files.delete(file);
    }
    Files.delete(build.folder("s0").resolve("start/STAGE"));
    Files.delete(build.folder("s0").resolve("start"));
    cached(layers, Optional.of(1));

    runWithoutImage(() -> {
      Files.move(inCache, blob);
      cached(layers, Optional.empty());
      return true;
    });

    assertThat(hasBegun()).isTrue();
    assertThat(build.result("s0").layers()).isEqualTo(layers);
    assertThat(build.log()).contains("no step runs: all of them are cached");
  }

  @Test
  void aPodWithoutTheImageOfItsKnownStepsRunsThemIfTheirLayersAreGone() throws Exception {
    assertThat(build.run("s0", root.path())).as(build.log()).isZero();
    var layers = build.result("s0").layers();
    Files.delete(build.folder("s0").resolve(Workspace.RESULT));
    Files.delete(root.path().resolve("begun"));
    Files.delete(build.folder("s0").resolve("start/STAGE"));
    Files.delete(build.folder("s0").resolve("start"));
    cached(layers, Optional.of(1));

    runWithoutImage(() -> {
      Files.delete(build.folder("s0").resolve(Workspace.CACHED));
      return true;
    });

    assertThat(hasBegun()).isTrue();
    assertThat(build.log()).doesNotContain("are cached");
  }
}
