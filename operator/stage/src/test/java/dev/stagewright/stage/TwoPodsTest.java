package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.copyFrom;
import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Pod of a stage on an unreachable node that continues while its replacement runs. */
@NeedsRoot
class TwoPodsTest {
  @TempDir Path folder;
  private TestStage build;

  @BeforeEach
  void plan() throws IOException {
    build =
        new TestStage(folder.resolve("workspace"))
            .onlyOnce()
            .stage(
                "s0",
                new StageBase.Scratch(),
                List.of("/out"),
                true,
                run("touch /begun; until [ -s /go ]; do sleep 0.05; done; cat /go >/out"))
            .stage(
                "s1",
                new StageBase.Scratch(),
                List.of(),
                true,
                copyFrom(new Step.CopyFrom.Stage("s0"), "/copied", "/out"));
  }

  private TestRoot root(String name) throws IOException {
    return TestRoot.create(Files.createDirectory(folder.resolve(name)));
  }

  @Test
  void firstResultIsKept() throws Exception {
    var successor = root("successor");
    successor.write("go", "from the successor");
    assertThat(build.run("s0", successor.path())).as(build.log()).isZero();
    var result = build.result("s0");
    var left = Files.move(build.folder("s0"), folder.resolve("left"));

    var unseen = root("unseen");
    try (var threads = Executors.newSingleThreadExecutor()) {
      Callable<Integer> unseenPod = () -> build.run("s0", unseen.path());
      var ends = threads.submit(unseenPod);
      await().until(() -> Files.exists(unseen.path().resolve("begun")));
      Files.move(build.folder("s0"), folder.resolve("empty"));
      Files.move(left, build.folder("s0"));
      unseen.write("go", "from the unseen one");
      assertThat(ends.get()).as(build.log()).isZero();
    }

    assertThat(build.log()).contains("an earlier Pod finished first; its result is kept\n");
    assertThat(build.result("s0")).isEqualTo(result);
    var target = root("target");
    assertThat(build.run("s1", target.path())).as(build.log()).isZero();
    assertThat(target.path().resolve("copied")).hasContent("from the successor");
  }

  @Test
  void eachPodHasItsOwnExports() throws IOException {
    var first = root("first");
    first.write("go", "first");
    build.run("s0", first.path());
    var exports = build.result("s0").exports().map(StageResult.Exports::folder).orElseThrow();

    Files.delete(build.folder("s0").resolve("result.json"));
    var second = root("second");
    second.write("go", "second");
    build.run("s0", second.path());

    assertThat(build.result("s0").exports().map(StageResult.Exports::folder))
        .hasValueSatisfying(other -> assertThat(other).isNotEqualTo(exports));
    assertThat(build.folder("s0").resolve(exports)).isNotEmptyDirectory();
  }
}
