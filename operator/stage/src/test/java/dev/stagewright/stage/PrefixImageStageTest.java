package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage that starts from an image with the layers of its known steps. */
@NeedsRoot
class PrefixImageStageTest {
  /** What a command can see of files. */
  private static final String LIST =
      "find / -maxdepth 0 -exec stat -c '%n %f %y' {} + ; find /srv /tmp /opt -exec stat -c '%n %f %u %g %s %y' {} + | sort";

  @TempDir private Path folder;

  /**
   * Runs the steps, then again from each of them, once with their layers unpacked by the stage, and
   * once in an image.
   *
   * @return the number of runs that were compared
   */
  private int compare(Step... steps) throws IOException {
    var root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    for (var directory : List.of("srv/sub", "tmp", "opt")) {
      Files.createDirectories(root.path().resolve(directory));
    }
    root.write("srv/base", "base\n");
    root.write("srv/sub/old", "old\n");
    var workspace = folder.resolve("workspace");
    var build = new TestStage(workspace, SandboxKind.USER_NAMESPACE);
    build.stage("s0", TestStage.BASE, List.of("/srv"), true, steps);
    return new EveryStep(build, workspace)
        .compare("s0", build.plan(), root.path(), folder.resolve("mounts"));
  }

  @Test
  void commandsSeeTheSameFiles() throws IOException {
    var compared =
        compare(
            run(
                "echo 1 > /srv/one && ln /srv/one /srv/two && ln -s one /srv/three"
                    + " && mkdir -m 0750 /srv/new && echo 2 > /srv/new/file && rm -r /srv/sub"
                    + " && chown -R 7:8 /srv/new && chmod 4755 /srv/new/file && chmod 0711 /"),
            run("true"),
            run(LIST));

    assertThat(compared).isEqualTo(6);
  }

  @Test
  void commandsSeeDirectoriesThatWereOnlyTouched() throws IOException {
    var compared =
        compare(
            run("touch /tmp/file && rm /tmp/file && touch -d @1000000000 /opt /srv/sub"),
            run("true"),
            run(LIST));

    assertThat(compared).isEqualTo(6);
  }

  @Test
  void directoryThatReplacesAnotherIsEmpty() throws IOException {
    var compared =
        compare(run("rm -r /srv/sub && mkdir /srv/sub && echo 1 > /srv/sub/new"), run(LIST));

    assertThat(compared).isEqualTo(4);
  }

  @Test
  void anImageEndsBeforeWhatItCannotContain() throws IOException {
    var compared = compare(run("true"), run("chown 0:0 /srv/base"), run(LIST));

    assertThat(compared).isEqualTo(4);
  }
}
