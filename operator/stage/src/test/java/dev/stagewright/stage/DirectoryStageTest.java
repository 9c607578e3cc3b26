package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.copy;
import static dev.stagewright.stage.TestStage.copyFrom;
import static dev.stagewright.stage.TestStage.position;
import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.CopyStepBuilder;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Termination;
import dev.stagewright.stage.linux.ExtendedAttributes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stage without RUN on a directory leaves what it leaves in a Pod, byte for byte. */
@NeedsRoot
class DirectoryStageTest {
  /** Later than the files of bases and contexts, so that it replaces only the time of the test. */
  private static final long EPOCH = 1_500_000_000;

  private static final byte[] CAPABILITY = {
    1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  @TempDir Path folder;
  private TestRoot image;

  @BeforeEach
  void prepare() throws IOException {
    image = TestRoot.create(Files.createDirectory(folder.resolve("image")));
    Files.createDirectories(image.path().resolve("srv/deep/er"));
    Files.createDirectories(image.path().resolve("real"));
    for (var file : "a b c deep/d deep/er/e".split(" ", 0)) {
      image.write("srv/" + file, file + "\n");
    }
    Files.createLink(image.path().resolve("srv/linked"), image.path().resolve("srv/c"));
    Files.createSymbolicLink(image.path().resolve("to-real"), Path.of("/real"));
    Files.createSymbolicLink(image.path().resolve("dangling"), Path.of("real/later"));
    Files.createSymbolicLink(image.path().resolve("outward"), Path.of("../../../real"));
    Tar.lines(
        "sh",
        "-c",
        "cd "
            + image.path()
            + " && chown 1000:1001 home/dev srv/b && chmod 4755 srv/a && chmod 1777 tmp"
            + " && find . -exec touch -h -d '2001-02-03 04:05:06.123456789Z' {} +");
  }

  private TestStage build(SandboxKind sandbox) throws IOException {
    var build = new TestStage(folder.resolve("workspace-" + sandbox), sandbox);
    build.layers(new LayerOptions(LayerOptions.Algorithm.GZIP, Optional.of(EPOCH)));
    build.base(folder.resolve("image"));
    build.context(
        at(TarEntry.directory("dir").withMode(0750)),
        at(TarEntry.file("dir/one", 0).withMode(0640)),
        at(TarEntry.directory("dir/sub").withMode(02755)),
        at(TarEntry.file("dir/sub/two", 0)),
        at(TarEntry.symlink("dir/link", "/etc/passwd")),
        at(TarEntry.fifo("dir/pipe")),
        at(TarEntry.file("one", 0).withMode(0640)),
        TarEntry.hardLink("two", "one"),
        at(TarEntry.file("able", 0).withMode(0755))
            .withXattrs(Map.of(ExtendedAttributes.CAPABILITY, CAPABILITY)),
        at(TarEntry.file("special", 0).withMode(06711)),
        at(TarEntry.symlink("three", "one")),
        at(TarEntry.file("caf\u00e9\n", 0)));
    var archive = archive();
    build.remote("r0", "files.tar", archive);
    build.remote("r1", "page", "page".getBytes(StandardCharsets.UTF_8));
    return build;
  }

  private static TarEntry at(TarEntry entry) {
    return entry.withMtime(1_000_000_000, 987_654_321);
  }

  /** An archive of a root with all kinds of files, also at mount points of containers. */
  private static byte[] archive() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      tar.put(at(TarEntry.directory("bin").withMode(0700)));
      tar.put(at(TarEntry.directory("dev").withMode(0755)));
      tar.put(at(TarEntry.directory("etc")));
      var hosts = "of the archive".getBytes(StandardCharsets.UTF_8);
      tar.put(at(TarEntry.file("etc/hosts", hosts.length)), new ByteArrayInputStream(hosts));
      tar.put(at(TarEntry.directory("proc").withMode(0555)));
      tar.put(at(TarEntry.directory("new").withMode(01777).withOwner(3, 4)));
      tar.put(
          at(TarEntry.file("new/f", hosts.length).withOwner(5, 6).withMode(04755)),
          new ByteArrayInputStream(hosts));
      tar.put(TarEntry.hardLink("new/g", "new/f"));
      tar.put(at(TarEntry.symlink("new/up", "../../../..")));
      tar.put(at(TarEntry.file("new/up/top", 0)), new ByteArrayInputStream(new byte[0]));
      tar.put(at(TarEntry.file("../../outside", 0)), new ByteArrayInputStream(new byte[0]));
      tar.put(at(TarEntry.fifo("new/pipe")));
    }
    return bytes.toByteArray();
  }

  private static Step.Copy context(
      String destination, UnaryOperator<CopyStepBuilder> options, String... sources) {
    return options
        .apply(
            Step.Copy.builder(
                    position("COPY " + String.join(" ", sources) + " " + destination),
                    new Step.CopyFrom.Context(),
                    destination)
                .sources(List.of(sources)))
        .build();
  }

  private static Step.Copy remote(String destination, Step.Remote remote) {
    return Step.Copy.builder(
            position("ADD https://example.com/ " + destination),
            new Step.CopyFrom.Context(),
            destination)
        .remotes(List.of(remote))
        .build();
  }

  private static Step.Workdir workdir(String path, String user) {
    return new Step.Workdir(position("WORKDIR " + path), path, user);
  }

  /** One step for each rule, in one stage: each step also finds the files of the others. */
  private static Step[] everything() {
    var heredoc = List.of(new Step.InlineFile("EOF", "text\n"));
    return new Step[] {
      copy("/srv/", "one", "two"),
      copy("/srv/renamed", "one"),
      copy("/srv/a", "able"),
      copy("/srv/a", "able"),
      copy("/srv/", "one"),
      copy("/new/parents/", "three", "special"),
      copy("/copied", "dir"),
      copy("/copied/", "dir"),
      copy("/srv", "dir"),
      copy("/to-real/", "one"),
      copy("/to-real", "dir"),
      copy("/dangling", "one"),
      copy("/outward/", "two"),
      copy("/srv/linked", "two"),
      copy("/etc/hosts", "one"),
      copy("/etc/resolv.conf", "one"),
      copy("/dev/", "one"),
      copy("/proc/x/", "one"),
      copy("/sys/fs/", "one"),
      copy("/names/", "caf*"),
      copy("/", "o*", "t*"),
      context("/owned/", it -> it.chown(Optional.of("dev:staff")), "one", "dir"),
      context("/owned/", it -> it.chown(Optional.of("70000:80000")), "one"),
      context("/owned/n/", it -> it.chown(Optional.of("nobody-here")), "one"),
      context("/owned/m/", it -> it.chmod(Optional.of("0751")), "dir"),
      context("/owned/o/", it -> it.chmod(Optional.of("u=rwX,go=")), "dir"),
      context("/excluded/", it -> it.exclude(List.of("sub", "pi*")), "dir"),
      context("/excluded/", it -> it.exclude(List.of("**", "!sub/two")), "dir"),
      context("/kept/", it -> it.parents(true), "dir/sub/two"),
      context("/to-real/x", it -> it.link(true), "one"),
      context("/srv/deep", it -> it.link(true), "dir"),
      context("/written", it -> it.files(heredoc)),
      context("/written", it -> it.files(heredoc)),
      context("/written.d/", it -> it.files(heredoc).chown(Optional.of("dev"))),
      remote("/fetched/", new Step.Remote("r1", "page", 0, false)),
      remote("/", new Step.Remote("r0", "files.tar", 0, true)),
      remote("/unpacked/", new Step.Remote("r0", "files.tar", 0, true)),
      remote("/unpacked/", new Step.Remote("r0", "files.tar", 0, true)),
      workdir("/w/x/y", "dev"),
      workdir("/w/x/z", "12:34"),
      workdir("/to-real/w", ""),
      workdir("/srv", ""),
      copyFrom(new Step.CopyFrom.Stage("s0"), "/from/", "/srv"),
      copyFrom(new Step.CopyFrom.Stage("s0"), "/from/etc/", "/etc/hosts", "/to-real/one"),
      copyFrom(new Step.CopyFrom.Stage("s0"), "/from/all/", "/new"),
    };
  }

  private static final Step[] EXPORTED = {
    copy("/srv/", "one", "two", "able"),
    copy("/etc/hosts", "one"),
    copy("/to-real/", "one"),
    remote("/", new Step.Remote("r0", "files.tar", 0, true))
  };

  private List<StageResult> results(SandboxKind sandbox, StageBase base) throws IOException {
    var build = build(sandbox);
    build
        .stage("s0", base, List.of("/"), false, EXPORTED)
        .stage("s1", base, List.of("/srv/*", "/real"), true, everything())
        .stage("s2", new StageBase.Stage("s1"), List.of(), true, everything());
    var results = new ArrayList<StageResult>();
    for (var id : List.of("s0", "s1", "s2")) {
      var root = Files.createDirectory(folder.resolve("root-" + sandbox + "-" + id));
      if (base.equals(TestStage.BASE)) {
        Tar.lines("cp", "--archive", image.path() + "/.", root.toString());
      }
      assertThat(build.run(id, root)).as(build.log()).isZero();
      results.add(build.result(id));
    }
    return results;
  }

  private void agree(SandboxKind other, StageBase base) throws IOException {
    var expected = results(other, base);
    var actual = results(SandboxKind.DIRECTORY, base);
    for (var stage = 0; stage < 3; stage++) {
      var theirs = expected.get(stage).layers();
      var ours = actual.get(stage).layers();
      assertThat(ours).hasSameSizeAs(theirs);
      for (var i = 0; i < theirs.size(); i++) {
        var layer = i;
        assertThat(ours.get(i).blob())
            .as("layer of %s in stage %d", everything()[i].position().instruction(), stage)
            .withFailMessage(() -> difference(other, layer))
            .isEqualTo(theirs.get(i).blob());
        assertThat(ours.get(i).diffId()).isEqualTo(theirs.get(i).diffId());
      }
      assertThat(actual.get(stage).exports().map(StageResult.Exports::bytes))
          .isEqualTo(expected.get(stage).exports().map(StageResult.Exports::bytes));
    }
    assertThat(exported(SandboxKind.DIRECTORY)).isEqualTo(exported(other)).isNotEmpty();
  }

  private String difference(SandboxKind other, int layer) {
    try {
      var theirs = new TestStage(folder.resolve("workspace-" + other)).blob("s1", layer);
      var ours =
          new TestStage(folder.resolve("workspace-" + SandboxKind.DIRECTORY)).blob("s1", layer);
      return "%s%nis not%n%s".formatted(Tar.verbose(ours), Tar.verbose(theirs));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The exported files, without the times of directories that the test created. */
  private List<String> exported(SandboxKind sandbox) throws IOException {
    var build = new TestStage(folder.resolve("workspace-" + sandbox));
    var folder = build.folder("s0").resolve(build.result("s0").exports().orElseThrow().folder());
    return Tar.verbose(folder.resolve("files.tar")).stream()
        .map(line -> line.replaceAll(" +20(1[7-9]|[2-9][0-9])-\\S+ \\S+ +", " "))
        .toList();
  }

  @Test
  void allInstructionsOnAnImageAreAsInPlace() throws IOException {
    agree(SandboxKind.IN_PLACE, TestStage.BASE);
  }

  @Test
  void allInstructionsOnScratchAreAsInPlace() throws IOException {
    agree(SandboxKind.IN_PLACE, new StageBase.Scratch());
  }

  /** No process in a user namespace can give files the ids in one of the steps. */
  @Test
  void instructionsOnAnImageAreAsInAUserNamespace() throws IOException {
    var steps =
        List.of(everything()).stream()
            .filter(step ->
                !(step instanceof Step.Copy copy && copy.chown().toString().contains("70000")))
            .filter(step ->
                !(step instanceof Step.Copy copy && copy.from() instanceof Step.CopyFrom.Stage))
            .toArray(Step[]::new);
    var layers = new ArrayList<List<StageResult.Layer>>();
    for (var sandbox : List.of(SandboxKind.USER_NAMESPACE, SandboxKind.DIRECTORY)) {
      var build = build(sandbox).stage("s0", TestStage.BASE, List.of(), true, steps);
      var root = Files.createDirectory(folder.resolve("root-" + sandbox));
      Tar.lines("cp", "--archive", image.path() + "/.", root.toString());
      assertThat(build.run("s0", root)).as(build.log()).isZero();
      layers.add(build.result("s0").layers());
    }
    assertThat(layers.getLast()).isEqualTo(layers.getFirst()).hasSize(steps.length);
  }

  @Test
  void filesAtMountPointsAreAsInAContainer() throws IOException {
    var steps =
        new Step[] {
          copy("/etc/hosts", "one"),
          copy("/dev/", "two"),
          copy("/proc/x", "one"),
          remote("/", new Step.Remote("r0", "files.tar", 0, true)),
          copy("/dev/", "two")
        };
    Files.createDirectories(image.path().resolve("proc"));
    image.write("etc/hosts", "of the image\n");
    Tar.lines("touch", "-d", "2001-01-01", image.path() + "/etc", image.path() + "/etc/hosts");
    var layers = new ArrayList<List<String>>();
    for (var sandbox : List.of(SandboxKind.IN_PLACE, SandboxKind.DIRECTORY)) {
      var build = build(sandbox).stage("s0", TestStage.BASE, List.of("/dev", "/etc"), true, steps);
      var root = Files.createDirectory(folder.resolve("root-" + sandbox));
      Tar.lines("cp", "--archive", image.path() + "/.", root.toString());
      try (var _ = mounts(root, sandbox == SandboxKind.IN_PLACE)) {
        assertThat(build.run("s0", root)).as(build.log()).isZero();
      }
      var listing = new ArrayList<String>();
      for (var i = 0; i < steps.length; i++) {
        listing.addAll(Tar.verbose(build.blob("s0", i)));
      }
      layers.add(listing);
    }
    assertThat(layers.getLast()).isEqualTo(layers.getFirst());
    assertThat(layers.getLast()).anyMatch(line -> line.endsWith(" etc/hosts"));
  }

  private interface Mounts extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  private Mounts mounts(Path root, boolean mounted) throws IOException {
    if (!mounted) {
      return () -> {};
    }
    Tar.lines("mount", "-t", "tmpfs", "none", root + "/proc");
    Tar.lines("mount", "-t", "tmpfs", "none", root + "/dev");
    Tar.lines("mount", "--bind", root + "/etc/passwd", root + "/etc/hosts");
    return () -> Tar.lines("umount", root + "/proc", root + "/dev", root + "/etc/hosts");
  }

  static Step[] failing() {
    return new Step[] {
      copy("/x/", "missing"),
      copy("/x", "one", "missing/*", "../../etc"),
      copy("/srv/a/x", "one"),
      copy("/srv/a", "dir"),
      copy("/bin/sh/x/y", "one"),
      copy("/dev/null/x", "one"),
      context("/x", it -> it.chmod(Optional.of("a+q")), "one"),
      context("/x/", it -> it.exclude(List.of("[")), "dir"),
      workdir("/srv/a", ""),
      workdir("/srv/a/below", ""),
      remote("/srv/a", new Step.Remote("r0", "files.tar", 0, true)),
      copyFrom(new Step.CopyFrom.Stage("s0"), "/", "/missing"),
      copy("/" + "n".repeat(300), "one"),
    };
  }

  @ParameterizedTest
  @MethodSource("failing")
  void failuresAreThoseOfAPod(Step step) throws IOException {
    var failures = new ArrayList<Termination>();
    for (var sandbox : List.of(SandboxKind.IN_PLACE, SandboxKind.DIRECTORY)) {
      var build =
          build(sandbox)
              .stage("s0", new StageBase.Scratch(), List.of("/"), false)
              .stage("s1", TestStage.BASE, List.of(), true, step);
      var root = Files.createDirectory(folder.resolve("root-" + sandbox));
      assertThat(build.run("s0", root)).as(build.log()).isZero();
      Tar.lines("cp", "--archive", image.path() + "/.", root.toString());
      assertThat(build.run("s1", root)).as(build.log()).isEqualTo(30);
      failures.add(build.termination().withPeakMemory(Optional.empty()));
    }
    assertThat(failures.getLast()).isEqualTo(failures.getFirst());
  }

  @Test
  void runIsRefused() throws IOException {
    var build = build(SandboxKind.DIRECTORY);
    build.stage("s0", TestStage.BASE, List.of(), true, run("touch /x"));

    assertThat(build.run("s0", image.path()))
        .isEqualTo(Phase.STAGE.exitCode(FailureReason.Internal));
    assertThat(build.failure().reason()).isEqualTo(FailureReason.Internal);
    assertThat(build.failure().message()).contains("planned outside of a Pod");
    assertThat(folder.resolve("workspace-DIRECTORY/stages/s0/result.json")).doesNotExist();
  }

  @Test
  void resultSaysWhatWasUsedAndNothingElseIsLeft() throws IOException {
    var build = build(SandboxKind.DIRECTORY);
    build.stage("s0", TestStage.BASE, List.of("/srv"), true, copy("/srv/", "one"));

    assertThat(build.run("s0", image.path())).as(build.log()).isZero();

    var staged = (Termination.Staged) build.termination();
    assertThat(staged.sandbox()).isEqualTo(SandboxKind.DIRECTORY);
    assertThat(staged.layers()).isEqualTo(1);
    assertThat(staged.exportedBytes()).isPositive();
    assertThat(folder.resolve("workspace-DIRECTORY/roots")).isEmptyDirectory();
    assertThat(build.log())
        .contains("[builder0 1/2] FROM base\n", "[builder0 2/2] COPY one /srv/\n");
  }

  /** As a Pod that is created again after its node was lost. */
  @Test
  void existingResultIsKept() throws IOException {
    var build = build(SandboxKind.DIRECTORY);
    build.stage("s0", TestStage.BASE, List.of(), true, copy("/now/", "one"));
    assertThat(build.run("s0", image.path())).isZero();
    var first = build.result("s0");

    assertThat(build.run("s0", image.path())).isZero();

    assertThat(build.result("s0")).isEqualTo(first);
    assertThat(build.log()).contains("already completed the stage");
  }

  /** A stage that RUNs commands as root could write such files to the workspace. */
  @Test
  void exportsOfOtherStagesCannotLeaveTheDirectory() throws IOException {
    var build = build(SandboxKind.DIRECTORY);
    build
        .stage("s0", TestStage.BASE, List.of("/"), false)
        .stage(
            "s1",
            new StageBase.Scratch(),
            List.of(),
            true,
            copyFrom(new Step.CopyFrom.Stage("s0"), "/", "/"));
    assertThat(build.run("s0", image.path())).isZero();
    var exports = build.folder("s0").resolve(build.result("s0").exports().orElseThrow().folder());
    Files.createFile(folder.resolve("victim"));
    TestStage.write(
        exports,
        TarEntry.symlink("out", folder.toString()),
        TarEntry.file("out/victim", 0).withMode(0777),
        TarEntry.directory("out/made"),
        TarEntry.file("out/../../escaped", 0));

    assertThat(build.run("s1", image.path())).isNotNegative();

    assertThat(folder.resolve("victim")).isEmptyFile();
    assertThat(folder).isDirectoryNotContaining("glob:**/{made,escaped}");
  }

  @Test
  void severalStagesRunAtOnce() throws Exception {
    var build = build(SandboxKind.DIRECTORY);
    var ids = new ArrayList<String>();
    for (var i = 0; i < 8; i++) {
      ids.add("s" + i);
      var base = i < 4 ? TestStage.BASE : new StageBase.Stage("s" + (i - 4));
      build.stage(
          "s" + i,
          base,
          List.of("/srv"),
          true,
          copy("/srv/" + i % 4 + "/", "dir", "one"),
          copyFrom(
              i < 4 ? new Step.CopyFrom.Context() : new Step.CopyFrom.Stage("s" + (7 - i)),
              "/other/",
              i < 4 ? "one" : "/srv"),
          workdir("/w/" + i, "dev"));
    }
    try (var threads = Executors.newFixedThreadPool(ids.size())) {
      var runs = new ArrayList<Callable<Integer>>();
      // Stages that wait for others start first.
      ids.reversed().forEach(id -> runs.add(() -> build.run(id, image.path())));
      for (var run : threads.invokeAll(runs)) {
        assertThat(run.get()).as(build.log()).isZero();
      }
    }
    for (var i = 0; i < 4; i++) {
      assertThat(build.layer("s" + i, 0)).contains("srv/" + i + "/one", "srv/" + i + "/sub/two");
      assertThat(build.layer("s" + (i + 4), 0)).isEmpty();
    }
    assertThat(build.layer("s7", 2)).containsExactly("w/", "w/7/");
  }
}
