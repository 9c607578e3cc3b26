package dev.stagewright.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ADD of remote sources in a stage Pod. */
@NeedsRoot
class AddRemoteTest {
  private static final Step.Remote URL = new Step.Remote("r0", "a.txt", 0, false);
  private static final Step.Remote REPOSITORY = new Step.Remote("r1", "", 0, false);

  @TempDir Path folder;
  private TestRoot root;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    build = new TestStage(folder.resolve("workspace"));
    build.remote("r0", TarEntry.file("a.txt", 0).withMode(0600).withMtime(1_445_412_480, 0));
    build.remote(
        "r1",
        TarEntry.directory("").withMtime(1_000_000_000, 0),
        TarEntry.file("run.sh", 0).withMode(0755),
        TarEntry.directory("src"),
        TarEntry.file("src/main.c", 0));
  }

  @Test
  void fileOfUrlHasRootAsOwnerAndServerTime() throws IOException {
    assertThat(adds("/x", URL)).as(build.log()).isZero();
    assertThat(stat("x")).containsExactly("x -rw------- 0:0 1445412480");
    assertThat(root.path().resolve("x")).hasContent("a.txt");
  }

  @Test
  void fileOfUrlKeepsItsNameInADirectory() throws IOException {
    adds("/srv/x/", URL);
    assertThat(root.path().resolve("srv/x/a.txt")).hasContent("a.txt");
  }

  @Test
  void contentOfRepositoryIsCopied() throws IOException {
    adds("/srv/app", REPOSITORY);
    assertThat(stat("srv/app srv/app/run.sh srv/app/src/main.c"))
        .containsExactly(
            "srv/app drwxr-xr-x 0:0 1000000000",
            "srv/app/run.sh -rwxr-xr-x 0:0 0",
            "srv/app/src/main.c -rw-r--r-- 0:0 0");
  }

  @Test
  void optionsApplyAsForLocalFiles() throws IOException {
    var step = step("/srv/app/", List.of(), REPOSITORY, Optional.of("7:8"), Optional.of("a=r,u+w"));
    assertThat(run(step)).as(build.log()).isZero();
    assertThat(stat("srv/app/run.sh")).containsExactly("srv/app/run.sh -rw-r--r-- 7:8 0");
    assertThat(root.path().resolve("srv/app/src/main.c")).doesNotExist();
  }

  @Test
  void laterSourceReplacesEarlierSource() throws IOException {
    build.context(TarEntry.file("a.txt", 0), TarEntry.file("b.txt", 0));
    var later = new Step.Remote("r0", "a.txt", 1, false);
    assertThat(run(step("/srv/", List.of("a.txt", "b.txt"), later, none(), none()))).isZero();
    assertThat(stat("srv/a.txt")).containsExactly("srv/a.txt -rw------- 0:0 1445412480");
  }

  @Test
  void archiveOfUrlIsUnpackedOnRequest() throws IOException {
    var packed = Files.createDirectories(folder.resolve("packed"));
    Files.writeString(packed.resolve("file"), "content");
    Tar.lines(
        "tar", "--create", "--file", folder.resolve("a.tar").toString(), "-C", "" + packed, ".");
    build.remote("r2", "a.tar", Files.readAllBytes(folder.resolve("a.tar")));

    run(
        step("/kept", List.of(), new Step.Remote("r2", "a.tar", 0, false), none(), none()),
        step("/unpacked", List.of(), new Step.Remote("r2", "a.tar", 0, true), none(), none()));

    assertThat(root.path().resolve("kept")).isRegularFile();
    assertThat(root.path().resolve("unpacked/file")).hasContent("content");
  }

  private int adds(String destination, Step.Remote remote) throws IOException {
    return run(step(destination, List.of(), remote, none(), none()));
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private int run(Step... steps) throws IOException {
    return build
        .stage("s0", new StageBase.Scratch(), List.of(), true, steps)
        .run("s0", root.path());
  }

  private static Step.Copy step(
      String destination,
      List<String> local,
      Step.Remote remote,
      Optional<String> chown,
      Optional<String> chmod) {
    return Step.Copy.builder(
            TestStage.position("ADD … " + destination), new Step.CopyFrom.Context(), destination)
        .sources(local)
        .chown(chown)
        .chmod(chmod)
        .exclude(chown.isPresent() ? List.of("src") : List.of())
        .unpack(true)
        .remotes(List.of(remote))
        .build();
  }

  private List<String> stat(String paths) throws IOException {
    return Tar.lines("sh", "-c", "cd " + root.path() + " && stat -c '%n %A %u:%g %Y' " + paths);
  }
}
