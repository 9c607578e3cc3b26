package dev.stagewright.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ADD of archives in a stage Pod. */
@NeedsRoot
class AddStageTest {
  @TempDir Path folder;
  private TestRoot root;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    build = new TestStage(folder.resolve("workspace"));
    var packed = folder.resolve("packed/dir");
    Files.createDirectories(packed.resolve("sub"));
    Files.writeString(packed.resolve("sub/file"), "content");
    Files.createLink(packed.resolve("sub/again"), packed.resolve("sub/file"));
    Files.createSymbolicLink(packed.resolve("link"), Path.of("/elsewhere"));
    Tar.lines(
        "sh",
        "-c",
        "cd "
            + packed
            + " && chown 7:8 sub/file && chmod 2750 sub"
            + " && touch -d '2001-01-01 00:00Z' sub sub/file");
  }

  private void archive(String... options) throws IOException {
    var command = new ArrayList<>(List.of("tar", "--create", "--numeric-owner"));
    command.addAll(List.of(options));
    command.addAll(
        List.of("--file", "" + folder.resolve("a"), "-C", "" + folder.resolve("packed"), "dir"));
    Tar.lines(command.toArray(new String[0]));
  }

  private int adds(byte[] content, Optional<String> chown) throws IOException {
    build.context(TarEntry.file("a.bin", content.length), content);
    var step =
        Step.Copy.builder(TestStage.position("ADD a.bin /x"), new Step.CopyFrom.Context(), "/x")
            .sources(List.of("a.bin"))
            .chown(chown)
            .unpack(true)
            .build();
    return build.stage("s0", new StageBase.Scratch(), List.of(), true, step).run("s0", root.path());
  }

  private List<String> stat(String paths) throws IOException {
    return Tar.lines("sh", "-c", "cd " + root.path() + " && stat -c '%n %A %u:%g %h %Y' " + paths);
  }

  @ParameterizedTest(name = "tar {0}")
  @CsvSource({"--format=posix", "--format=gnu", "--gzip", "--bzip2", "--xz", "--zstd"})
  void archivesAreRecognizedByTheirContent(String format) throws IOException {
    assumeTrue(
        !format.equals("--zstd") || Files.isExecutable(Path.of("/usr/bin/zstd")),
        "needs /usr/bin/zstd to make the archive");
    archive(format);
    assertThat(adds(Files.readAllBytes(folder.resolve("a")), Optional.empty()))
        .as(build.log())
        .isZero();
    assertThat(stat("x x/dir/sub x/dir/sub/file x/dir/sub/again"))
        .satisfies(lines -> assertThat(lines.getFirst()).startsWith("x drwxr-xr-x 0:0 3 "))
        .contains(
            "x/dir/sub drwxr-s--- 0:0 2 978307200",
            "x/dir/sub/file -rw-r--r-- 7:8 2 978307200",
            "x/dir/sub/again -rw-r--r-- 7:8 2 978307200");
  }

  @Test
  void chownAppliesToArchives() throws IOException {
    archive();
    adds(Files.readAllBytes(folder.resolve("a")), Optional.of("dev"));
    assertThat(stat("x/dir/sub/file x/dir/sub x/dir/link"))
        .allMatch(line -> line.contains(" 1000:1001 "));
  }

  @Test
  void linksInArchivesStayInTheDestination() throws IOException {
    archive("--transform=s,dir/sub/again,dir/link/passwd,");
    assertThat(adds(Files.readAllBytes(folder.resolve("a")), Optional.empty())).isZero();
    assertThat(root.path().resolve("elsewhere")).doesNotExist();
    assertThat(root.path().resolve("x/elsewhere/passwd")).hasContent("content");
  }

  @Test
  void destinationOfArchiveHasTimeOfAdd() throws IOException {
    Files.createDirectories(root.path().resolve("x/dir"));
    Files.setLastModifiedTime(root.path().resolve("x"), FileTime.fromMillis(0));
    archive();
    assertThat(adds(Files.readAllBytes(folder.resolve("a")), Optional.empty())).isZero();
    assertThat(Files.getLastModifiedTime(root.path().resolve("x")).toInstant())
        .isAfter(Instant.parse("2020-01-01T00:00:00Z"));
  }

  @Test
  void otherFilesAreCopied() throws IOException {
    adds(new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3}, Optional.empty());
    assertThat(root.path().resolve("x")).hasSize(7);
  }

  @Test
  void corruptArchiveIsReported() throws IOException {
    archive();
    var bytes = Files.readAllBytes(folder.resolve("a"));
    assertThat(adds(java.util.Arrays.copyOf(bytes, 2000), Optional.empty())).isEqualTo(30);
    assertThat(build.failure().message()).startsWith("ADD failed: cannot unpack \"a.bin\": ");
  }
}
