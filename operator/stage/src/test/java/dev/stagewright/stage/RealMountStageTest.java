package dev.stagewright.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunOptions;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mounts and networks that require namespaces. */
@NeedsRoot
class RealMountStageTest {
  @TempDir Path folder;
  private TestRoot root;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    build = new TestStage(folder.resolve("workspace"), SandboxKind.USER_NAMESPACE);
  }

  private void runs(Step... steps) throws IOException {
    var code = build.stage("s0", TestStage.BASE, List.of(), true, steps).run("s0", root.path());
    assertThat(code).as(build.log()).isZero();
  }

  private static Step.Run with(RunOptions options, String script) {
    var run = TestStage.run(script);
    return new Step.Run(
        run.position(),
        run.command(),
        run.scripts(),
        run.environment(),
        run.workingDirectory(),
        run.user(),
        options);
  }

  @Test
  void networkNoneHasOnlyLoopback() throws IOException {
    var none = new RunOptions(List.of(), RunOptions.Network.NONE, false);
    runs(
        with(
            none,
            "cat /proc/self/net/dev | /bin/busybox grep -c :; /bin/busybox ip addr show lo |"
                + " /bin/busybox grep -o 127.0.0.1/8; ls /sys/class/net; ls -d /sys/class/net/lo/."));
    assertThat(build.log()).endsWith("\n1\n127.0.0.1/8\nlo\n/sys/class/net/lo/.\n");
  }

  @Test
  void tmpfsHasItsSize() throws IOException {
    var mount = new RunMount.Tmpfs("/mnt/memory", Optional.of(64L * 1024));
    runs(
        with(
            new RunOptions(List.of(mount), RunOptions.Network.DEFAULT, false),
            "! /bin/busybox head -c 100000 /dev/zero > /mnt/memory/x"));
    assertThat(build.layer("s0", 0)).isEmpty();
  }

  @Test
  void filesInDevAreRemovedAfterACommand() throws IOException {
    runs(
        TestStage.run("mkdir /dev/left && echo x > /dev/left/x && echo x > /dev/shm/x"),
        TestStage.run(
            "test ! -e /dev/left && test ! -e /dev/shm/x && test -c /dev/null"
                + " && echo x > /dev/null && test -L /dev/fd && test ! -e /dev/termination-log"));
    assertThat(build.layer("s0", 0)).isEmpty();
    assertThat(build.layer("s0", 1)).isEmpty();
  }

  @Test
  void insecureCommandsHaveThePrivilegesOfThePod() throws IOException {
    runs(
        with(
            new RunOptions(List.of(), RunOptions.Network.DEFAULT, true),
            "/bin/busybox mount -t tmpfs none /tmp && /bin/busybox unshare -m true"));
    assertThat(build.layer("s0", 0)).isEmpty();
  }
}
