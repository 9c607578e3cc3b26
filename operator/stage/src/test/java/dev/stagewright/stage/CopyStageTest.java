package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.copy;
import static dev.stagewright.stage.TestStage.copyFrom;
import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** COPY in a stage Pod. */
@NeedsRoot
class CopyStageTest {
  @TempDir Path folder;
  private TestRoot root;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    Files.createDirectories(root.path().resolve("srv/real"));
    Files.createSymbolicLink(root.path().resolve("srv/link"), Path.of("/srv/real"));
    Files.createSymbolicLink(root.path().resolve("srv/up"), Path.of("../../../../srv/real"));
    root.write("srv/file", "old");
    build = new TestStage(folder.resolve("workspace"));
    build.context(
        TarEntry.file("a.txt", 0).withMode(0640).withOwner(5, 6).withMtime(1_000_000_000, 5),
        TarEntry.file("b.txt", 0),
        TarEntry.symlink("l.txt", "dir/c.txt"),
        TarEntry.directory("dir").withMode(0700).withMtime(1_100_000_000, 0),
        TarEntry.file("dir/c.txt", 0),
        TarEntry.hardLink("dir/d.txt", "dir/c.txt"),
        TarEntry.symlink("dir/e.txt", "c.txt"),
        TarEntry.directory("dir/sub").withMode(0750).withMtime(1_200_000_000, 0),
        TarEntry.file("dir/sub/f.md", 0));
  }

  private int runs(Step... steps) throws IOException {
    return build
        .stage("s0", new StageBase.Scratch(), List.of(), true, steps)
        .run("s0", root.path());
  }

  private List<String> stat(String format, String paths) throws IOException {
    return Tar.lines("sh", "-c", "cd " + root.path() + " && stat -c '" + format + "' " + paths);
  }

  @ParameterizedTest(name = "COPY {0} {1} makes {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\"',
      textBlock =
          """
            a.txt      | /srv/new     | srv/ srv/new
            a.txt      | /srv/new/    | srv/ srv/new/ srv/new/a.txt
            a.txt      | /srv         | srv/ srv/a.txt
            a.txt      | /x/y/z       | x/ x/y/ x/y/z
            a.txt      | /srv/link/   | srv/ srv/real/ srv/real/a.txt
            a.txt      | /srv/up/     | srv/ srv/real/ srv/real/a.txt
            a.txt      | /srv/file    | srv/ srv/file
            a.txt b.txt | /srv/        | srv/ srv/a.txt srv/b.txt
            *.txt      | /srv/        | srv/ srv/a.txt srv/b.txt srv/l.txt
            ?.txt      | /srv/        | srv/ srv/a.txt srv/b.txt srv/l.txt
            [ab].txt   | /srv/        | srv/ srv/a.txt srv/b.txt
            dir/sub    | /srv/real    | srv/ srv/real/ srv/real/f.md
            dir/sub/   | /srv/n       | srv/ srv/n/ srv/n/f.md
            ../../a.txt | /srv/        | srv/ srv/a.txt
            nothing*   | /srv/        | ""
            dir        | /n           | n/ n/c.txt n/d.txt n/e.txt n/sub/ n/sub/f.md
            .          | /n           | n/ n/a.txt n/b.txt n/dir/ n/dir/c.txt n/dir/d.txt n/dir/e.txt n/dir/sub/ n/dir/sub/f.md n/l.txt
          """)
  void sourcesArePlacedAsInDocker(String sources, String destination, String expected)
      throws IOException {
    assertThat(runs(copy(destination, sources.split(" ", 0)))).as(build.log()).isZero();
    assertThat(String.join(" ", build.layer("s0", 0))).isEqualTo(expected);
  }

  @Test
  void contextFilesAreOwnedByRootAndKeepModeAndTime() throws IOException {
    runs(copy("/srv/", "a.txt"));
    assertThat(stat("%a %u:%g %Y %y", "srv/a.txt").getFirst())
        .startsWith("640 0:0 1000000000 2001-09-09 01:46:40.000000005");
  }

  @Test
  void newDirectoryKeepsMetadataOfContent() throws IOException {
    runs(copy("/n", "dir"));
    assertThat(stat("%n %a %Y %h %F", "n n/c.txt n/d.txt n/e.txt n/sub"))
        .containsExactly(
            "n 755 1100000000 3 directory",
            "n/c.txt 644 0 2 regular file",
            "n/d.txt 644 0 2 regular file",
            "n/e.txt 777 0 1 symbolic link",
            "n/sub 750 1200000000 2 directory");
  }

  @Test
  void sourceLinksAreFollowed() throws IOException {
    runs(copy("/srv/", "l.txt"));
    assertThat(stat("%F", "srv/l.txt")).containsExactly("regular file");
    assertThat(root.path().resolve("srv/l.txt")).hasContent("dir/c.txt");
  }

  @ParameterizedTest(name = "--chown={0} gives {1}")
  @CsvSource({
    "dev, 1000:1001",
    "dev:staff, 1000:50",
    "7, 7:7",
    "7:8, 7:8",
    "root, 0:0",
    "dev:, 1000:0"
  })
  void chownResolvesNamesInTheStage(String chown, String expected) throws IOException {
    runs(with(copy("/x/y/", "dir"), Optional.of(chown), Optional.empty(), List.of(), false, false));
    assertThat(stat("%u:%g", "x x/y x/y/c.txt x/y/e.txt x/y/sub")).containsOnly(expected);
  }

  @ParameterizedTest(name = "--chown={0} gives {1}")
  @CsvSource({
    "web, 0:0, no user web",
    "web:www, 0:0, no user web and no group www",
    "dev:www, 1000:1001, no group www",
    "7:www, 7:7, no group www",
    "web:staff, 0:50, no user web",
  })
  void chownToUnknownUserMeansRootAndWarns(String chown, String expected, String unknown)
      throws IOException {
    var step =
        with(copy("/x", "a.txt"), Optional.of(chown), Optional.empty(), List.of(), false, false);

    assertThat(runs(step)).as(build.log()).isZero();
    assertThat(stat("%u:%g", "x")).containsExactly(expected);
    assertThat(build.log())
        .contains(
            "WARNING: --chown=%s: the stage has %s; the files are owned by %s"
                .formatted(chown, unknown, expected));
  }

  @ParameterizedTest(name = "COPY {0} {1} makes {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
            a.txt b.txt    | /x         | x
            [ab].txt       | /x         | x
            a.txt b.txt    | /srv/file  | srv/ srv/file
            no* a.txt      | /x         | x
            dir/sub a.txt  | /x         | x/ x/a.txt x/f.md
            a.txt b.txt    | /srv/link  | srv/ srv/real/ srv/real/a.txt srv/real/b.txt
          """)
  void severalSourcesNeedNoTrailingSlash(String sources, String destination, String expected)
      throws IOException {
    assertThat(runs(copy(destination, sources.split(" ", 0)))).as(build.log()).isZero();
    assertThat(String.join(" ", build.layer("s0", 0))).isEqualTo(expected);
  }

  @Test
  void filesThatReplaceEachOtherCauseAWarning() throws IOException {
    runs(copy("/x", "a.txt", "b.txt"));

    assertThat(root.path().resolve("x")).hasContent("b.txt");
    assertThat(build.log())
        .contains(
            "WARNING: 2 files were copied to /x, which is not a directory: only the last one"
                + " remains. To copy into a directory, add a / to the end of the destination");
  }

  @Test
  void filesInADirectoryCauseNoWarning() throws IOException {
    runs(copy("/srv", "a.txt", "b.txt"));

    assertThat(build.log()).doesNotContain("WARNING");
  }

  @Test
  void directoryDoesNotReplaceAFile() throws IOException {
    assertThat(runs(copy("/x", "a.txt", "dir"))).isNotZero();
    assertThat(build.log()).contains("cannot copy to non-directory");
  }

  @ParameterizedTest(name = "--chmod={0} gives {1}")
  @CsvSource({
    "755, 755 755",
    "4711, 4711 4711",
    "'u+x,go-r', 700 710",
    "u=rwX, 640 750",
    "go=u, 666 777"
  })
  void chmodChangesFilesAndDirectories(String chmod, String expected) throws IOException {
    runs(
        with(
            copy("/n/", "a.txt", "dir"),
            Optional.empty(),
            Optional.of(chmod),
            List.of(),
            false,
            false));
    assertThat(stat("%a", "n/a.txt").getFirst() + " " + stat("%a", "n/sub").getFirst())
        .isEqualTo(expected);
  }

  @Test
  void excludeSupportsExceptions() throws IOException {
    runs(
        with(
            copy("/n", "."),
            Optional.empty(),
            Optional.empty(),
            List.of("**/*.txt", "dir/sub", "!dir/c.txt"),
            false,
            false));
    assertThat(build.layer("s0", 0)).containsExactly("n/", "n/dir/", "n/dir/c.txt");
  }

  @Test
  void parentsAreKept() throws IOException {
    runs(
        with(
            copy("/n/", "dir/sub/f.md", "./dir/./sub"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            true,
            false));
    assertThat(build.layer("s0", 0))
        .containsExactly("n/", "n/dir/", "n/dir/sub/", "n/dir/sub/f.md", "n/sub/", "n/sub/f.md");
    assertThat(stat("%a", "n/dir n/dir/sub")).containsExactly("700", "750");
  }

  @Test
  void linkedCopiesDoNotFollowLinks() throws IOException {
    runs(
        with(
            copy("/srv/link/x/", "a.txt"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false,
            true));
    assertThat(stat("%F", "srv/link")).containsExactly("directory");
    assertThat(build.layer("s0", 0))
        .containsExactly("srv/", "srv/link/", "srv/link/x/", "srv/link/x/a.txt");
  }

  @Test
  void inlineFilesAreCopied() throws IOException {
    var step =
        Step.Copy.builder(
                TestStage.position("COPY <<one.txt /srv/"), new Step.CopyFrom.Context(), "/srv/")
            .files(List.of(new Step.InlineFile("one.txt", "grün\n")))
            .build();
    assertThat(runs(step)).isZero();
    assertThat(root.path().resolve("srv/one.txt")).hasContent("grün\n");
    assertThat(stat("%a %u", "srv/one.txt")).containsExactly("644 0");
  }

  @ParameterizedTest(name = "COPY {0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gone.txt    | /x        | "/gone.txt": not found in the build context
          a\\.txt      | /x        | "/a\\.txt": not found in the build context
          a.txt       | /srv/file/ | cannot copy to non-directory: /srv/file
          dir         | /srv/file | cannot copy to non-directory: /srv/file
          """)
  void invalidOptionsAreReported(String sources, String destination, String message)
      throws IOException {
    assertThat(runs(copy(destination, sources.split(" ", 0)))).isEqualTo(30);
    assertThat(build.failure().reason()).isEqualTo(FailureReason.CopyFailed);
    assertThat(build.failure().message()).isEqualTo("COPY failed: " + message);
  }

  @Test
  void fileDoesNotReplaceADirectory() throws IOException {
    runs(run("mkdir -p /srv/a.txt/x"), copy("/srv", "a.txt"));
    assertThat(build.failure().message())
        .isEqualTo("COPY failed: cannot replace to directory /srv/a.txt with file");
  }

  @Test
  void copiesFromStageKeepOwners() throws IOException {
    build.stage(
        "s0",
        new StageBase.Scratch(),
        List.of("/out", "/bin/sh"),
        false,
        run(
            "mkdir -p /out/d; echo x > /out/d/f; chown 7:8 /out/d/f; chmod 4750 /out/d/f;"
                + " ln /out/d/f /out/g; mkfifo /out/p"));
    build.stage(
        "s1",
        new StageBase.Scratch(),
        List.of(),
        true,
        copyFrom(new Step.CopyFrom.Stage("s0"), "/n/", "/out"),
        copyFrom(new Step.CopyFrom.Stage("s0"), "/n/", "bin/sh"));
    assertThat(build.run("s0", root.path())).isZero();
    var other = TestRoot.create(Files.createDirectory(folder.resolve("other")));
    assertThat(build.run("s1", other.path())).as(build.log()).isZero();
    assertThat(
            Tar.lines("sh", "-c", "cd " + other.path() + "/n && stat -c '%n %A %u:%g %h' d/f g p"))
        .containsExactly("d/f -rwsr-x--- 7:8 2", "g -rwsr-x--- 7:8 2", "p prw-r--r-- 0:0 1");
    assertThat(Files.mismatch(other.path().resolve("n/sh"), other.path().resolve("bin/busybox")))
        .isEqualTo(-1);
  }

  @Test
  void copiesFromStageKeepAttributes() throws IOException {
    build.stage("s0", new StageBase.Scratch(), List.of("/srv"), false);
    build.stage(
        "s1",
        new StageBase.Scratch(),
        List.of(),
        true,
        copyFrom(new Step.CopyFrom.Stage("s0"), "/n", "/srv/file"));
    var capability = new byte[] {1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    var before = root.files().attributes();
    before.set("srv/file", "user.note", new byte[] {7});
    before.set("srv/file", "security.capability", capability);
    assertThat(build.run("s0", root.path())).isZero();
    var other = TestRoot.create(Files.createDirectory(folder.resolve("other")));
    assertThat(build.run("s1", other.path())).as(build.log()).isZero();
    assertThat(other.files().attributes().all("n"))
        .containsOnlyKeys("security.capability", "user.note")
        .containsEntry("user.note", new byte[] {7});
    var out = Files.createDirectory(folder.resolve("out"));
    Tar.extract(build.blob("s1", 0), out);
    assertThat(RootFileSystem.open(out).attributes().all("n"))
        .containsOnlyKeys("security.capability");
  }

  @Test
  void workdirIsOwnedByTheUser() throws IOException {
    build.stage(
        "s0",
        new StageBase.Scratch(),
        List.of(),
        false,
        new Step.Workdir(TestStage.position("WORKDIR /data"), "/data", "1000"));
    assertThat(build.run("s0", root.path())).as(build.log()).isZero();
    var made = root.files().status("data").orElseThrow();
    assertThat(made.uid()).isEqualTo(1000);
    assertThat(made.gid()).isEqualTo(1000);
  }

  @Test
  void pathRelativeToWorkdirOfStageIsExplained() throws IOException {
    build.stage(
        "s0",
        new StageBase.Scratch(),
        List.of("/app"),
        false,
        new Step.Workdir(TestStage.position("WORKDIR /go/src"), "/go/src", ""));
    assertThat(build.run("s0", root.path())).isZero();
    build.stage(
        "s1",
        new StageBase.Scratch(),
        List.of(),
        false,
        copyFrom(new Step.CopyFrom.Stage("s0"), "/", "app"));
    build.run("s1", root.path());
    assertThat(build.failure().message())
        .isEqualTo(
            "COPY failed: \"/app\": not found in stage \"builder0\"; paths in --from are relative"
                + " to the root of that stage, not to its WORKDIR: was \"/go/src/app\" meant?");
    assertThat(build.failure().stage()).hasValue("builder1");
  }

  private static Step.Copy with(
      Step.Copy step,
      Optional<String> chown,
      Optional<String> chmod,
      List<String> exclude,
      boolean parents,
      boolean link) {
    return step.toBuilder()
        .chown(chown)
        .chmod(chmod)
        .exclude(exclude)
        .parents(parents)
        .link(link)
        .build();
  }
}
