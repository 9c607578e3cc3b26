package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.copyFrom;
import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FROM an earlier stage, and waiting for one. */
@NeedsRoot
class FromStageTest {
  @TempDir Path folder;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    build = new TestStage(folder.resolve("workspace"));
  }

  private Path root(String name) throws IOException {
    var root = TestRoot.create(Files.createDirectory(folder.resolve(name)));
    Files.createDirectories(root.path().resolve("srv/old/deep"));
    root.write("srv/old/deep/a", "a");
    root.write("srv/old/b", "b");
    return root.path();
  }

  @Test
  void theLayersOfAllAncestorsBecomeTheRoot() throws IOException {
    build
        .stage(
            "s0",
            new StageBase.Scratch(),
            List.of(),
            true,
            run("rm /srv/old/b; echo 1 > /srv/one; chown 7:8 /srv/one; chmod 4711 /srv/one"),
            run("rm -r /srv/old/deep; ln -s nowhere /srv/old/deep; ln /srv/one /srv/two"))
        .stage(
            "s1",
            new StageBase.Stage("s0"),
            List.of(),
            true,
            run("rm -r /srv/old; mkdir /srv/old; touch -d '2001-01-01 00:00:00' /srv/old"))
        .stage("s2", new StageBase.Stage("s1"), List.of(), true, run("touch /srv/three"));
    for (var stage : List.of("s0", "s1", "s2")) {
      assertThat(build.run(stage, root(stage))).as(build.log()).isZero();
    }
    assertThat(
            Tar.lines(
                "sh", "-c", "cd " + folder.resolve("s2/srv") + " && stat -c '%n %a %u:%g %h' *"))
        .containsExactly("old 755 0:0 2", "one 4711 7:8 2", "three 644 0:0 1", "two 4711 7:8 2");
    assertThat(folder.resolve("s2/srv/old")).isEmptyDirectory();
    assertThat(build.layer("s2", 0)).containsExactly("srv/", "srv/three");
  }

  @Test
  void aDamagedLayerIsRefused() throws IOException {
    build
        .stage("s0", new StageBase.Scratch(), List.of(), true, run("echo 1 > /srv/one"))
        .stage("s1", new StageBase.Stage("s0"), List.of(), false);
    assertThat(build.run("s0", root("s0"))).isZero();
    var blob = build.blob("s0", 0);
    var bytes = Files.readAllBytes(blob);
    bytes[4] ^= 1; // The time in gzip's header: all but the digest stays right.
    Files.write(blob, bytes);
    assertThat(build.run("s1", root("s1"))).isEqualTo(32);
    assertThat(build.failure().reason()).isEqualTo(FailureReason.Internal);
    assertThat(build.failure().message()).contains("is damaged");
  }

  @Test
  void waitsForAStageWhereItIsNeeded() throws IOException {
    build
        .stage("s0", new StageBase.Scratch(), List.of("/srv/x"), false, run("echo x > /srv/x"))
        .stage(
            "s1",
            new StageBase.Scratch(),
            List.of(),
            false,
            run("echo first"),
            copyFrom(new Step.CopyFrom.Stage("s0"), "/", "/srv/x"));
    var first = root("s0");
    var second = root("s1");
    var waiting = CompletableFuture.supplyAsync(() -> runs(second));
    await().until(() -> build.log().contains("waiting for stage \"builder0\"\n"));
    assertThat(build.log()).contains("first\n");
    assertThat(build.run("s0", first)).isZero();
    assertThat(waiting.join()).isZero();
    assertThat(second.resolve("x")).hasContent("x");
  }

  private int runs(Path root) {
    try {
      return build.run("s1", root);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
