package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The isolation of commands in a user namespace. */
@NeedsRoot
class IsolationTest {
  @TempDir Path folder;
  private TestRoot root;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    build = new TestStage(folder.resolve("workspace"), SandboxKind.USER_NAMESPACE);
  }

  private void runs(StageBase base, Step... steps) throws IOException {
    var code = build.stage("s0", base, List.of(), true, steps).run("s0", root.path());
    assertThat(code).as(build.log()).isZero();
  }

  @Test
  void onlyRootHasTheDefaultCapabilities() throws IOException {
    var show = "cat /proc/self/status | /bin/busybox grep Cap";
    runs(TestStage.BASE, run(show), run(show, "dev"));
    assertThat(build.log().lines().filter(line -> line.startsWith("Cap")))
        .containsExactly(
            "CapInh:\t0000000000000000",
            "CapPrm:\t00000000a80425fb",
            "CapEff:\t00000000a80425fb",
            "CapBnd:\t00000000a80425fb",
            "CapAmb:\t0000000000000000",
            "CapInh:\t0000000000000000",
            "CapPrm:\t0000000000000000",
            "CapEff:\t0000000000000000",
            "CapBnd:\t00000000a80425fb",
            "CapAmb:\t0000000000000000");
  }

  @Test
  void namespacesMountsAndDevicesAreForbidden() throws IOException {
    refuses(
        "mount -t tmpfs none /tmp",
        "mount -t proc none /proc",
        "umount /proc",
        "unshare -m true",
        "unshare -U true",
        "unshare -n true",
        "nsenter -t 1 -m true",
        "mknod /tmp/x b 8 0");
  }

  private void refuses(String... commands) throws IOException {
    runs(
        TestStage.BASE,
        Stream.of(commands).map(command -> run("! /bin/busybox " + command)).toArray(Step[]::new));
  }

  @Test
  void commandSeesOnlyItsOwnProcesses() throws IOException {
    runs(
        TestStage.BASE,
        run("echo $$ $PPID: /proc/[0-9]*; cat /proc/1/comm /proc/1/environ"),
        run("/bin/busybox ps -o pid,ppid,args"));
    assertThat(build.log())
        .contains("\n2 1: /proc/1 /proc/2\nstagewright\n")
        .containsPattern("\n +1 +0 stagewright *\n +2 +1 ");
  }

  @Test
  void softLimitOfOpenFilesIsThatOfTheContainer() throws IOException {
    runs(TestStage.BASE, run("ulimit -Sn"));
    assertThat(build.log()).endsWith("\n" + OwnUserNamespace.OPEN_FILES + "\n");
  }

  @Test
  void visitingAllOfProcSucceeds() throws IOException {
    runs(
        TestStage.BASE,
        run("/bin/busybox ls -lR /proc/1 >/dev/null"),
        run("/bin/busybox find / >/dev/null"),
        run("/bin/busybox find /proc/1 >/dev/null", "dev"));
  }

  @Test
  void kernelFilesAreMaskedAsInContainerRuntimes() throws IOException {
    runs(
        TestStage.BASE,
        run("test -z \"$(cat /proc/keys /proc/timer_list)\""),
        run("! echo 1 >/proc/sys/kernel/domainname"),
        run("! echo h >/proc/sysrq-trigger"),
        run("/bin/busybox grep -c ' /proc ' /proc/mounts"));
    assertThat(build.log()).endsWith("\n1\n");
  }

  @Test
  void programIsCalledByItsNameForAnyPath() throws IOException {
    var step =
        new Step.Run(
            TestStage.position("RUN"),
            List.of("sh", "-c", "echo $0"),
            List.of(),
            Map.of("PATH", "/tmp/other:/bin"),
            "/",
            "");
    runs(TestStage.BASE, run("mkdir /tmp/other; cp /bin/busybox /tmp/other/sh"), step);
    assertThat(build.log()).endsWith("\nsh\n");
  }

  @Test
  void programThatCannotBeExecutedIsReported() throws IOException {
    var broken = TestStage.exec("dev", "/root/tool");
    Files.copy(root.path().resolve("bin/busybox"), root.path().resolve("root/tool"));
    Files.setPosixFilePermissions(
        root.path().resolve("root"), PosixFilePermissions.fromString("rwx------"));
    build.stage("s0", TestStage.BASE, List.of(), true, broken);
    assertThat(build.run("s0", root.path())).isEqualTo(30);
    assertThat(build.failure().message())
        .isEqualTo("\"/root/tool\" cannot be executed: /root/tool: permission denied (execve)");
  }

  @Test
  void runtimeIsHiddenWithoutSeparateProc() throws IOException {
    build.coverProc();
    runs(TestStage.BASE, run("test -d /proc/$PPID && test -z \"$(ls -A /proc/$PPID)\""));
    assertThat(build.log())
        .contains(
            "commands share the PID namespace of the runtime, since a separate /proc cannot be mounted"
                + " (/proc: operation not permitted (mount)): this requires procMount: Unmasked");
  }

  @Test
  void onlyFilesOfTheStageAreAccessible() throws IOException {
    Files.createDirectories(root.path().resolve("dev/stagewright/scratch"));
    runs(
        TestStage.BASE,
        run("ls -A / /dev"),
        run("! ls " + folder),
        // Escapes from a nested root as far as possible.
        run(
            "mkdir /tmp/jail; cp /bin/busybox /tmp/jail; exec 3</; /bin/busybox chroot /tmp/jail"
                + " /busybox ls -A /proc/self/fd/3/../../.. ../../../../.. || true"));
    assertThat(build.log().lines().filter(line -> line.contains("stagewright"))).isEmpty();
    assertThat(build.log())
        .contains("\nbin\ndev\netc\nhome\nproc\nroot\nsys\ntmp\n")
        .doesNotContain("workspace\n");
  }

  @Test
  void mountTargetsAreRemoved() throws IOException {
    var before = Files.getLastModifiedTime(root.path().resolve("etc"));
    runs(
        TestStage.BASE,
        run("ls /etc/resolv.conf /etc/hosts /dev/shm /proc/self /sys/kernel"),
        run("echo x > /dev/shm/x; echo x > /etc/new"),
        run("ls /dev/shm; stat -c %y /etc/passwd"));
    assertThat(build.layer("s0", 0)).isEmpty();
    assertThat(build.layer("s0", 1)).containsExactly("etc/", "etc/new");
    assertThat(build.layer("s0", 2)).isEmpty();
    assertThat(Files.getLastModifiedTime(root.path().resolve("etc"))).isEqualTo(before);
  }

  @Test
  void copyOfADeviceSuggestsTheOtherSandbox() throws IOException {
    build.context(TarEntry.device("tty", TarEntry.Type.CHARACTER_DEVICE, 4, 0));
    build.stage("s0", TestStage.BASE, List.of(), true, TestStage.copy("/dev/", "tty"));
    assertThat(build.run("s0", root.path())).isEqualTo(30);
    assertThat(build.failure().message())
        .isEqualTo(
            "COPY failed: /dev/tty: operation not permitted (mknod); devices cannot be created in the userNamespace sandbox: set spec.stages[].sandbox: inPlace for this stage (or"
                + " spec.sandbox: inPlace)");
  }

  @Test
  void scratchIsEmpty() throws IOException {
    var busybox = Files.readAllBytes(Path.of("/usr/bin/busybox"));
    build.context(TarEntry.file("busybox", busybox.length).withMode(0755), busybox);
    runs(
        new StageBase.Scratch(),
        TestStage.copy("/", "busybox"),
        TestStage.exec("", "/busybox", "ls", "-A", "/"),
        TestStage.exec("", "/busybox", "touch", "/x", "/etc/y"));
    assertThat(build.log()).contains("\nbusybox\ndev\netc\nproc\nsys\n");
    assertThat(build.layer("s0", 0)).containsExactly("busybox");
    assertThat(build.layer("s0", 1)).isEmpty();
    assertThat(build.layer("s0", 2)).containsExactly("etc/", "etc/y", "x");
  }
}
