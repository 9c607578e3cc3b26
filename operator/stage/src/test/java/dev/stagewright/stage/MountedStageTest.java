package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mounts in the root of a stage in the sandbox {@code inPlace}. */
@NeedsRoot
class MountedStageTest {
  @TempDir Path folder;
  private TestRoot root;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    build = new TestStage(folder.resolve("workspace"));
  }

  private void runs(Step... steps) throws IOException {
    var code = build.stage("s0", TestStage.BASE, List.of(), true, steps).run("s0", root.path());
    assertThat(code).as(build.log()).isZero();
  }

  @Test
  void mountPointsAreIgnored() throws IOException {
    Files.createDirectories(root.path().resolve("run/secrets"));
    Tar.lines("mount", "-t", "tmpfs", "none", root.path().resolve("run/secrets").toString());
    try {
      runs(run("touch /run/secrets/x /run/y; rm -r /tmp"));
    } finally {
      Tar.lines("umount", root.path().resolve("run/secrets").toString());
    }
    assertThat(build.layer("s0", 0)).containsExactly("run/", "run/y", ".wh.tmp");
  }

  @Test
  void volumesOfTheBaseBelongToTheStage() throws IOException {
    var volume = Files.createDirectories(root.path().resolve("var/data"));
    Tar.lines("mount", "-t", "tmpfs", "none", volume.toString());
    try {
      var base =
          new StageBase.Image(
              "base",
              ImageReference.parse("docker.io/library/base:1"),
              ImageReference.parse("docker.io/library/base:1"),
              List.of(),
              Set.of(),
              List.of("/var/data"));
      build.stage("s0", base, List.of(), true, run("touch /var/data/x"));
      assertThat(build.run("s0", root.path())).isZero();
    } finally {
      Tar.lines("umount", volume.toString());
    }
    assertThat(build.layer("s0", 0)).containsExactly("var/", "var/data/", "var/data/x");
  }
}
