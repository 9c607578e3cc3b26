package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.mounted;
import static dev.stagewright.stage.TestStage.run;
import static dev.stagewright.stage.TestStage.withOptions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunOptions;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code RUN --mount}: what commands see, and that no mount remains. */
@NeedsRoot
class MountStageTest {
  private static final Step.CopyFrom CONTEXT = new Step.CopyFrom.Context();

  @TempDir Path folder;
  private TestRoot root;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    build = new TestStage(folder.resolve("workspace"));
  }

  private int runs(Step... steps) throws IOException {
    return build
        .stage("s0", new StageBase.Scratch(), List.of(), true, steps)
        .run("s0", root.path());
  }

  private void passes(Step... steps) throws IOException {
    assertThat(runs(steps)).as(build.log()).isZero();
  }

  private List<String> output() {
    return build.log().lines().filter(line -> !line.startsWith("[")).toList();
  }

  private static RunMount bind(String path, String target) {
    return new RunMount.Bind(CONTEXT, path, target, true);
  }

  private static RunMount cache(String id, String target) {
    return cache(id, target, RunMount.Sharing.SHARED);
  }

  private static RunMount cache(String id, String target, RunMount.Sharing sharing) {
    return new RunMount.Cache(id, Optional.empty(), "/", target, false, sharing, Optional.empty());
  }

  private static RunMount secret(String id, String target) {
    return new RunMount.Secret(id, Optional.of(target), Optional.empty(), false, 0400, 0, 0);
  }

  @Test
  void directoryOfTheContextIsMounted() throws IOException {
    build.context(
        TarEntry.directory("src").withMode(0750).withMtime(1000, 0),
        TarEntry.file("src/a", 0).withMode(0640).withOwner(7, 8).withMtime(2000, 5),
        TarEntry.symlink("src/l", "a"));
    passes(
        mounted(
            "cat /mnt/src/l; stat -c '%a %u %g %Y' /mnt/src /mnt/src/a", bind("/src", "/mnt/src")));
    assertThat(output())
        .containsExactly(
            "inPlace sandbox: writing to /mnt/src does not fail, but the written data is lost",
            "src/a750 0 0 1000",
            "640 0 0 2000");
    assertThat(build.layer("s0", 0)).isEmpty();
    assertThat(root.path().resolve("mnt")).doesNotExist();
  }

  @Test
  void fileOfAStageIsMountedUnchanged() throws IOException {
    build.stage(
        "s1",
        new StageBase.Scratch(),
        List.of("/tmp/x"),
        false,
        run("echo of a stage > /tmp/x; chown 5:6 /tmp/x; chmod 4711 /tmp/x"));
    assertThat(build.run("s1", root.path())).as(build.log()).isZero();
    var from = new RunMount.Bind(new Step.CopyFrom.Stage("s1"), "/tmp/x", "/opt/tools/x", true);
    passes(mounted("cat /opt/tools/x; stat -c '%a %u %g' /opt/tools/x", from));
    assertThat(output()).containsExactly("of a stage", "4711 5 6");
    assertThat(root.path().resolve("opt")).doesNotExist();
  }

  @Test
  void writesToABindMountAreDiscarded() throws IOException {
    build.context(TarEntry.file("src/a", 0));
    var writable = new RunMount.Bind(CONTEXT, "/src", "/src", false);
    passes(mounted("rm /src/a; touch /src/b", writable), mounted("ls /src", writable));
    assertThat(output()).containsExactly("a");
  }

  @Test
  void programsAreFoundInMounts() throws IOException {
    build.context(
        TarEntry.file("hello", "#!/bin/sh\necho hello\n".length()).withMode(0755),
        "#!/bin/sh\necho hello\n".getBytes(StandardCharsets.US_ASCII));
    var step =
        new Step.Run(
            TestStage.position("RUN"),
            List.of("hello"),
            List.of(),
            Map.of("PATH", "/tools:/bin"),
            "/",
            "",
            new RunOptions(
                List.of(new RunMount.Bind(CONTEXT, "/", "/tools", false)),
                RunOptions.Network.DEFAULT,
                false));
    passes(step);
    assertThat(output()).containsExactly("hello");
  }

  @Test
  void missingSourceIsReported() throws IOException {
    assertThat(runs(mounted("true", bind("/nowhere", "/mnt")))).isEqualTo(30);
    assertThat(build.failure().message())
        .isEqualTo("--mount: \"/nowhere\": not found in the build context");
  }

  @Test
  void filesBelowAMountAreRestored() throws IOException {
    Files.createDirectories(root.path().resolve("var/cache/apt/archives/partial"));
    root.write("var/cache/apt/pkgcache.bin", "of the base");
    root.write("var/cache/apt/archives/lock", "");
    passes(
        run(
            "ln /var/cache/apt/pkgcache.bin /var/cache/apt/b; chmod 700 /var/cache/apt/archives;"
                + " touch -d '2001-01-01 00:00:00' /var/cache/apt /var/cache/apt/archives"),
        mounted(
            "ls -A /var/cache/apt; touch /var/cache/apt/new; rm -rf /var/cache/apt",
            cache("apt", "/var/cache/apt")),
        run("cd /var/cache/apt; find . | sort; stat -c '%a %Y %h' . archives b; cat b"));
    assertThat(build.layer("s0", 1)).isEmpty();
    assertThat(output())
        .containsExactly(
            ".",
            "./archives",
            "./archives/lock",
            "./archives/partial",
            "./b",
            "./pkgcache.bin",
            "755 978307200 3",
            "700 978307200 3",
            "644 " + mtime("var/cache/apt/b") + " 2",
            "of the base");
    assertThat(root.path().resolve("dev/stagewright")).doesNotExist();
  }

  /**
   * In a container, the files of the image are in lower layers, whose directories cannot be
   * renamed.
   */
  @Test
  void filesBelowAMountAreRestoredOnAnOverlay() throws IOException {
    Files.createDirectories(root.path().resolve("var/lib/apt/lists/partial"));
    root.write("var/lib/apt/lists/index", "of the base");
    var layers = Files.createDirectory(folder.resolve("layers"));
    var merged = Files.createDirectory(folder.resolve("merged"));
    Tar.lines("mount", "-t", "tmpfs", "none", layers.toString());
    try {
      Files.createDirectories(layers.resolve("upper"));
      Files.createDirectories(layers.resolve("work"));
      var options =
          "lowerdir=" + root.path() + ",upperdir=" + layers + "/upper,workdir=" + layers + "/work";
      Tar.lines("mount", "-t", "overlay", "-o", options, "none", merged.toString());
      try {
        var list = "cd /var/lib; find apt | sort; stat -c '%a %Y %n' $(find apt)";
        build.stage(
            "s0",
            new StageBase.Scratch(),
            List.of(),
            true,
            run(list),
            mounted("touch /var/lib/apt/x", cache("apt", "/var/lib/apt")),
            run(list));
        assertThat(build.run("s0", merged)).as(build.log()).isZero();
      } finally {
        Tar.lines("umount", "-l", merged.toString());
      }
    } finally {
      Tar.lines("umount", "-l", layers.toString());
    }
    var half = output().size() / 2;
    assertThat(output().subList(0, half))
        .contains("apt/lists/index")
        .isEqualTo(output().subList(half, 2 * half));
    assertThat(build.layer("s0", 1)).isEmpty();
    assertThat(build.layer("s0", 2)).isEmpty();
  }

  @Test
  void sshAgentListensIfTheBuildHasKeys() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "needs openssh-client");
    var keys = Files.createDirectories(build.mounts().resolve("ssh/default"));
    Tar.lines("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys.resolve("key").toString());
    var ssh = new RunMount.Ssh("default", "/run/buildkit/ssh_agent.0", true, 0600, 1000, 1001);
    passes(
        mounted("test -S $SSH_AUTH_SOCK && stat -c '%a %u %g %n' $SSH_AUTH_SOCK", ssh),
        run("test ! -e /run; echo ${SSH_AUTH_SOCK-none}"));
    assertThat(output()).containsExactly("600 1000 1001 /run/buildkit/ssh_agent.0", "none");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyRequiredKeysMustExist(boolean required) throws IOException {
    var ssh = new RunMount.Ssh("deploy", "/run/buildkit/ssh_agent.0", required, 0600, 0, 0);
    assertThat(runs(mounted("test ! -e $SSH_AUTH_SOCK", ssh))).isEqualTo(required ? 30 : 0);
    if (required) {
      assertThat(build.failure().reason()).isEqualTo(FailureReason.SecretNotFound);
      assertThat(build.failure().message()).contains("\"deploy\"");
    }
  }

  private long mtime(String file) throws IOException {
    return Files.getLastModifiedTime(root.path().resolve(file)).toMillis() / 1000;
  }

  @Test
  void writesNextToAMountBelongToTheStage() throws IOException {
    passes(mounted("echo x > /opt/kept", secret("none", "/opt/x"), cache("c", "/opt/app/cache")));
    assertThat(build.layer("s0", 0)).containsExactly("opt/", "opt/kept");
  }

  @Test
  void targetsFollowLinks() throws IOException {
    build.context(TarEntry.file("a", 0));
    passes(
        run("mkdir /real; ln -s /real /link"),
        mounted("ls /real/in", new RunMount.Bind(CONTEXT, "/", "/link/in", false)));
    assertThat(output()).containsExactly("a");
    assertThat(build.layer("s0", 1)).isEmpty();
  }

  @Test
  void mountsCanBeNested() throws IOException {
    build.context(TarEntry.file("src/a", 0));
    passes(
        mounted(
            "touch /src/cache/in; ls /src",
            cache("inner", "/src/cache"),
            new RunMount.Bind(CONTEXT, "/src", "/src", false)),
        mounted("ls /mnt", cache("inner", "/mnt")));
    assertThat(output()).containsExactly("a", "cache", "in");
  }

  @Test
  void cachesKeepChanges() throws IOException {
    var cache = cache("go", "/root/.cache/go");
    passes(
        mounted(
            "cd /root/.cache/go; mkdir d; echo 1 > d/a; echo 1 > b; ln -s b l; chmod 700 .", cache),
        mounted("cd /root/.cache/go; echo 2 > d/a; rm b; mkdir b; echo 3 > c", cache),
        mounted("cd /root/.cache/go; cat d/a c; ls -F; stat -c '%a' .", cache));
    assertThat(output()).containsExactly("2", "3", "b/", "c", "d/", "l@", "700");
    assertThat(build.layer("s0", 0)).isEmpty();
    assertThat(build.layer("s0", 1)).isEmpty();
  }

  @Test
  void cachesKeepChangesOfFailedCommands() throws IOException {
    assertThat(runs(mounted("echo x > /c/a; exit 1", cache("c", "/c")))).isEqualTo(30);
    var again = new TestStage(folder.resolve("workspace"));
    again.stage(
        "s0", new StageBase.Scratch(), List.of(), true, mounted("cat /c/a", cache("c", "/c")));
    assertThat(again.run("s0", root.path())).as(again.log()).isZero();
  }

  @Test
  void newCacheHasTheRequestedAttributes() throws IOException {
    build.context(TarEntry.file("seed/a", 0));
    var seeded = cache(Optional.of(CONTEXT), "/seed", Optional.empty());
    var owned =
        cache(Optional.empty(), "/", Optional.of(new RunMount.CacheAttributes(0700, 1000, 1001)));
    passes(
        mounted("ls /c; rm /c/a", seeded),
        mounted("ls /c", seeded),
        mounted("ls /c; stat -c '%a %u %g' /c; touch /c/b", owned),
        mounted("ls /c", owned));
    assertThat(output()).containsExactly("a", "700 1000 1001", "b");
  }

  @Test
  void attributesAndSeedIdentifyACache() throws IOException {
    build.context(TarEntry.file("seed/a", 0));
    var plain = cache(Optional.empty(), "/", Optional.empty());
    passes(
        mounted("touch /c/plain; mkdir /c/sub", plain),
        mounted(
            "ls /c; touch /c/mode",
            cache(Optional.empty(), "/", Optional.of(new RunMount.CacheAttributes(0755, 0, 0)))),
        mounted(
            "ls /c; touch /c/uid",
            cache(Optional.empty(), "/", Optional.of(new RunMount.CacheAttributes(0755, 1, 0)))),
        mounted("ls /c", cache(Optional.of(CONTEXT), "/seed", Optional.empty())),
        mounted("touch /c/below", cache(Optional.empty(), "/sub", Optional.empty())),
        mounted("cd /c; find . | sort", plain));
    assertThat(output()).containsExactly("a", ".", "./plain", "./sub", "./sub/below");
  }

  private static RunMount cache(
      Optional<Step.CopyFrom> seed, String path, Optional<RunMount.CacheAttributes> attributes) {
    return new RunMount.Cache("c", seed, path, "/c", false, RunMount.Sharing.LOCKED, attributes);
  }

  @Test
  void changeThroughALinkInTheImageIsNotInTheCache() throws IOException {
    passes(
        mounted("cd /c; echo old > a; ln a b; echo own > d", cache("c", "/c")),
        mounted(
            "mkdir /srv; ln /c/a /srv/a; echo new > /srv/a; echo more >> /c/d; echo x > /srv/x; ln /srv/x /c/x",
            cache("c", "/c")),
        mounted("cd /c; cat a b d x; stat -c %h a; echo later >> /c/a", cache("c", "/c")),
        run("cat /srv/a"));
    assertThat(output()).containsExactly("old", "old", "own", "more", "x", "2", "new");
  }

  @Test
  void readOnlyCacheIsNotChanged() throws IOException {
    var readOnly =
        new RunMount.Cache(
            "c", Optional.empty(), "/", "/c", true, RunMount.Sharing.SHARED, Optional.empty());
    passes(
        mounted("touch /c/a", cache("c", "/c")),
        mounted("rm /c/a; touch /c/b", readOnly),
        mounted("ls /c", cache("c", "/c")));
    assertThat(output()).contains("a").doesNotContain("b");
  }

  @Test
  void tmpfsIsEmptyAndRemoved() throws IOException {
    var tmpfs = new RunMount.Tmpfs("/tmp", Optional.of(1024L));
    passes(run("touch /tmp/base"), mounted("ls -A /tmp; touch /tmp/x", tmpfs), run("ls /tmp"));
    assertThat(output())
        .containsExactly("inPlace sandbox: the size of /tmp is not limited", "base");
    assertThat(build.layer("s0", 1)).isEmpty();
  }

  @Test
  void secretsAreFilesAndVariables() throws IOException {
    build.secret("token", "s3cret-value\n");
    var both =
        new RunMount.Secret(
            "token",
            Optional.of("/run/secrets/token"),
            Optional.of("TOKEN"),
            true,
            0440,
            1000,
            1001);
    passes(
        mounted(
            "stat -c '%a %u %g %s' /run/secrets/token;"
                + " test \"$TOKEN\" = \"$(cat /run/secrets/token; echo x)\" || wc -c < /run/secrets/token;"
                + " echo the value is $TOKEN",
            both));
    assertThat(output()).containsExactly("440 1000 1001 13", "13", "the value is ***");
    assertThat(build.layer("s0", 0)).isEmpty();
    assertThat(root.path().resolve("run")).doesNotExist();
    assertThat(build.mounts().resolve("scratch/mounts")).isEmptyDirectory();
  }

  @Test
  void optionalSecretsMayBeMissing() throws IOException {
    passes(mounted("test ! -e /run", secret("absent", "/run/secrets/absent")), run("true"));
  }

  @Test
  void variableOfAMissingSecretIsEmpty() throws IOException {
    var variable =
        new RunMount.Secret("absent", Optional.empty(), Optional.of("ABSENT"), false, 0400, 0, 0);
    passes(mounted("test \"${ABSENT-unset}\" = ''", variable), run("true"));
  }

  @Test
  void scriptOfAHeredocIsRemoved() throws IOException {
    var script =
        new Step.Run(
            TestStage.position("RUN <<EOF"),
            List.of("/dev/pipes/EOF"),
            List.of(new Step.InlineFile("/dev/pipes/EOF", "#!/bin/sh\necho $0\n")),
            Map.of(),
            "/",
            "");
    passes(script);
    assertThat(output()).containsExactly("/dev/pipes/EOF");
    assertThat(build.layer("s0", 0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/x", "/sys", "/dev/stagewright/x"})
  void unsupportedMountIsRejectedInPlace(String target) throws IOException {
    assertThat(runs(mounted("true", new RunMount.Tmpfs(target, Optional.empty())))).isEqualTo(30);
    assertThat(build.failure().reason()).isEqualTo(FailureReason.Unsupported);
    assertThat(build.failure().message())
        .contains(target)
        .endsWith("which the inPlace sandbox does not support: use spec.sandbox: userNamespace");
  }

  @Test
  void mountPointIsRejectedAsTargetInPlace() throws IOException {
    var point = Files.createDirectories(root.path().resolve("data/in"));
    Tar.lines("mount", "-t", "tmpfs", "none", point.toString());
    try {
      assertThat(runs(mounted("true", cache("c", "/data")))).isEqualTo(30);
    } finally {
      Tar.lines("umount", point.toString());
    }
    assertThat(build.failure().reason()).isEqualTo(FailureReason.Unsupported);
  }

  @Test
  void missingNetworkIsRejectedInPlace() throws IOException {
    var none = new RunOptions(List.of(), RunOptions.Network.NONE, false);
    assertThat(runs(withOptions(run("true"), none))).isEqualTo(30);
    assertThat(build.failure().reason()).isEqualTo(FailureReason.Unsupported);
    assertThat(build.failure().message())
        .startsWith("RUN: --network=none requires a network namespace");
  }

  @Test
  void fileIsNotMountedOnADirectory() throws IOException {
    build.context(TarEntry.file("a", 0));
    assertThat(runs(mounted("true", bind("/a", "/tmp")))).isEqualTo(30);
    assertThat(build.failure().message())
        .isEqualTo(
            "\"/bin/sh\" cannot be executed: /tmp is a directory: a file cannot be mounted there");
  }
}
