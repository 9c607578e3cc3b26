package dev.stagewright.worker.cache.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import dev.stagewright.protocol.Workspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the files on the workspace changes a key, and which of them are known. */
class WorkspaceFilesTest {
  private static final CopyFrom CONTEXT = new CopyFrom.Context();
  private static final CopyFrom STAGE = new CopyFrom.Stage("s0");

  @TempDir private Path folder;
  private int builds;

  /** A file with its content. */
  private record Entry(TarEntry entry, String content) {}

  private static Entry file(String name, String content) {
    return new Entry(TarEntry.file(name, content.getBytes(StandardCharsets.UTF_8).length), content);
  }

  private static Entry other(TarEntry entry) {
    return new Entry(entry, "");
  }

  private static Step.Copy copy(CopyFrom from, String... sources) {
    return Step.Copy.builder(new InstructionPosition("Dockerfile", 1, "COPY"), from, "/")
        .sources(List.of(sources))
        .build();
  }

  private static void write(Path folder, Entry... files) throws IOException {
    Files.createDirectories(folder);
    try (var tar =
        new IndexedTarWriter(folder.resolve(Workspace.TAR), folder.resolve(Workspace.INDEX))) {
      for (var file : files) {
        tar.put(
            file.entry(),
            new ByteArrayInputStream(file.content().getBytes(StandardCharsets.UTF_8)));
      }
      tar.finish();
    }
  }

  private static void writeResult(Path workspace, Optional<StageResult.Exports> exports)
      throws IOException {
    var stage = Files.createDirectories(workspace.resolve(Workspace.stage("s0")));
    Files.writeString(
        stage.resolve(Workspace.RESULT), Json.write(new StageResult("s0", List.of(), exports)));
  }

  /** The digest of what a step reads, if its source has these files. */
  private Digest digest(Step.Copy step, Entry... files) throws IOException {
    return selected(step, files).digest();
  }

  private SelectedFiles selected(Step.Copy step, Entry... files) throws IOException {
    var workspace = folder.resolve("build" + builds++);
    write(workspace.resolve(Workspace.CONTEXT), files);
    write(workspace.resolve(Workspace.stage("s0")).resolve("exports"), files);
    writeResult(workspace, Optional.of(new StageResult.Exports("exports", 1)));
    try (var known = new WorkspaceFiles(workspace)) {
      return known.of(step).orElseThrow();
    }
  }

  @Nested
  class Content {
    private final Step.Copy all = copy(CONTEXT, ".");

    @Test
    void bytesNamesModesLinksAndAttributesCount() throws IOException {
      var plain = TarEntry.file("a", 1);

      assertThat(
              List.of(
                  digest(all, file("a", "1")),
                  digest(all, file("a", "2")),
                  digest(all, file("b", "1")),
                  digest(all, new Entry(plain.withMode(0755), "1")),
                  digest(all, new Entry(plain.withXattrs(Map.of("user.a", new byte[] {1})), "1")),
                  digest(all, new Entry(plain.withXattrs(Map.of("user.a", new byte[] {2})), "1")),
                  digest(all, other(TarEntry.symlink("a", "1"))),
                  digest(all, other(TarEntry.symlink("a", "2"))),
                  digest(all, other(TarEntry.directory("a"))),
                  digest(all, other(TarEntry.directory("a").withMode(0700))),
                  digest(all, other(TarEntry.fifo("a")))))
          .doesNotHaveDuplicates();
    }

    @Test
    void timesDoNotCount() throws IOException {
      assertThat(digest(all, new Entry(TarEntry.file("a", 1).withMtime(1_000_000_000, 5), "1")))
          .isEqualTo(digest(all, file("a", "1")));
    }

    @Test
    void theOrderInTheArchiveDoesNotCount() throws IOException {
      assertThat(digest(all, file("b", "2"), file("a", "1")))
          .isEqualTo(digest(all, file("a", "1"), file("b", "2")));
    }

    @Test
    void namesDoNotRunIntoEachOther() throws IOException {
      assertThat(digest(all, file("a", "1"), file("b", "")))
          .isNotEqualTo(digest(all, file("a", ""), file("b", "1")));
    }

    @Test
    void aHardLinkToAFileThatIsNotCopiedIsItsContent() throws IOException {
      var one = copy(CONTEXT, "b");

      assertThat(digest(one, file("a", "1"), other(TarEntry.hardLink("b", "a"))))
          .isEqualTo(digest(one, file("b", "1")));
    }

    @Test
    void hardLinksBetweenCopiedFilesCountBecauseTheImageHasThemToo() throws IOException {
      assertThat(digest(all, file("a", "1"), other(TarEntry.hardLink("b", "a"))))
          .isNotEqualTo(digest(all, file("a", "1"), file("b", "1")));
      assertThat(digest(all, file("a", "1"), other(TarEntry.hardLink("b", "a"))))
          .isEqualTo(digest(all, file("b", "1"), other(TarEntry.hardLink("a", "b"))));
    }

    @Test
    void ownersCountForStagesOnly() throws IOException {
      var owned = new Entry(TarEntry.file("a", 1).withOwner(1000, 1000), "1");

      assertThat(digest(all, owned)).isEqualTo(digest(all, file("a", "1")));
      assertThat(digest(copy(STAGE, "."), owned))
          .isNotEqualTo(digest(copy(STAGE, "."), file("a", "1")));
    }
  }

  @Nested
  class Selections {
    @Test
    void onlyCopiedFilesCount() throws IOException {
      var step = copy(CONTEXT, "src");

      assertThat(digest(step, file("src/a", "1"), file("other", "1")))
          .isEqualTo(digest(step, file("src/a", "1"), file("other", "2")));
    }

    @Test
    void excludedFilesDoNotCount() throws IOException {
      var step = copy(CONTEXT, ".").toBuilder().exclude(List.of("*.o")).build();

      assertThat(digest(step, file("a", "1"), file("a.o", "1")))
          .isEqualTo(digest(step, file("a", "1"), file("a.o", "2")));
    }

    @Test
    void exceptionsOfExcludedDirectoriesCount() throws IOException {
      var step = copy(CONTEXT, ".").toBuilder().exclude(List.of("docs", "!docs/keep")).build();

      assertThat(digest(step, file("docs/a", "1"), file("docs/keep", "1")))
          .isEqualTo(digest(step, file("docs/a", "2"), file("docs/keep", "1")))
          .isNotEqualTo(digest(step, file("docs/a", "1"), file("docs/keep", "2")));
    }

    @Test
    void wildcardsSelectWhatTheyMatch() throws IOException {
      var step = copy(CONTEXT, "*.txt");

      assertThat(digest(step, file("a.txt", "1"), file("b", "1")))
          .isEqualTo(digest(step, file("a.txt", "1"), file("b", "2")))
          .isNotEqualTo(digest(step, file("a.txt", "1"), file("c.txt", "1")));
      assertThat(digest(step)).isEqualTo(digest(step, file("b", "1")));
    }

    @Test
    void parentDirectoriesCountIfTheyAreKept() throws IOException {
      var step = copy(CONTEXT, "a/b").toBuilder().parents(true).build();
      var directory = other(TarEntry.directory("a"));
      var closed = other(TarEntry.directory("a").withMode(0700));

      assertThat(digest(step, directory, file("a/b", "1")))
          .isNotEqualTo(digest(step, closed, file("a/b", "1")));
      assertThat(digest(copy(CONTEXT, "a/b"), directory, file("a/b", "1")))
          .isEqualTo(digest(copy(CONTEXT, "a/b"), closed, file("a/b", "1")));
    }

    @Test
    void linksOnTheWayToASourceAreFollowed() throws IOException {
      var step = copy(CONTEXT, "current/app");
      var link = other(TarEntry.symlink("current", "v1"));

      assertThat(digest(step, link, file("v1/app", "1")))
          .isNotEqualTo(digest(step, link, file("v1/app", "2")));
    }

    @Test
    void filesAreListedByTheirPathInTheSource() throws IOException {
      assertThat(
              selected(copy(CONTEXT, "src", "go.mod"), file("src/a", "1"), file("go.mod", "1"))
                  .files())
          .containsOnlyKeys("go.mod", "src/a");
    }

    @Test
    void aMissingSourceIsKnownAndDiffersFromEveryOther() throws IOException {
      assertThat(digest(copy(CONTEXT, "a"))).isEqualTo(digest(copy(CONTEXT, "a"), file("b", "1")));
      assertThat(digest(copy(CONTEXT, "a"))).isNotEqualTo(digest(copy(CONTEXT, "b")));
      assertThat(digest(copy(CONTEXT, "a"))).isNotEqualTo(digest(copy(CONTEXT, "a*")));
    }

    @Test
    void remoteSourcesCountByTheirContent() throws IOException {
      assertThat(remote("r0", file("a", "1"))).isEqualTo(remote("r7", file("a", "1")));
      assertThat(remote("r0", file("a", "1"))).isNotEqualTo(remote("r0", file("a", "2")));
    }

    private Digest remote(String id, Entry content) throws IOException {
      var workspace = folder.resolve("build" + builds++);
      write(workspace.resolve(Workspace.remote(id)), content);
      var step =
          copy(CONTEXT).toBuilder().remotes(List.of(new Step.Remote(id, "a", 0, false))).build();
      try (var known = new WorkspaceFiles(workspace)) {
        return known.of(step).orElseThrow().digest();
      }
    }

    @Test
    void aBindMountCountsWithTheDirectoryItself() throws IOException {
      var open = bound(other(TarEntry.directory("src")), file("src/a", "1"));
      var closed = bound(other(TarEntry.directory("src").withMode(0700)), file("src/a", "1"));
      var changed = bound(other(TarEntry.directory("src")), file("src/a", "2"));

      assertThat(List.of(open, closed, changed)).doesNotHaveDuplicates();
    }

    private Digest bound(Entry... files) throws IOException {
      var workspace = folder.resolve("build" + builds++);
      write(workspace.resolve(Workspace.CONTEXT), files);
      try (var known = new WorkspaceFiles(workspace)) {
        return known.of(new RunMount.Bind(CONTEXT, "/src", "/mnt", true)).orElseThrow().digest();
      }
    }
  }

  @Nested
  class Stages {
    private final Step.Copy step = copy(STAGE, "/app");
    private Path workspace;

    @BeforeEach
    void createWorkspace() throws IOException {
      workspace = Files.createDirectory(folder.resolve("workspace"));
    }

    @Test
    void filesOfAStageThatHasNotRunAreNotKnown() throws IOException {
      try (var files = new WorkspaceFiles(workspace)) {
        assertThat(files.of(step)).isEmpty();

        write(workspace.resolve(Workspace.stage("s0")).resolve("e"), file("app", "1"));
        writeResult(workspace, Optional.of(new StageResult.Exports("e", 1)));
        assertThat(files.of(step)).isPresent();
      }
    }

    @Test
    void aResultWhoseFilesWereNotFetchedIsNotRead() throws IOException {
      writeResult(workspace, Optional.of(new StageResult.Exports("e", 1)));

      try (var files = new WorkspaceFiles(workspace)) {
        assertThat(files.of(step)).isEmpty();
      }
    }

    @Test
    void theOwnerOfTheCopiesDoesNotMatter() throws IOException {
      write(workspace.resolve(Workspace.stage("s0")).resolve("e"), file("app", "1"));
      writeResult(workspace, Optional.of(new StageResult.Exports("e", 1)));
      try (var files = new WorkspaceFiles(workspace)) {
        var owner = step.toBuilder().chown(Optional.of("1000")).link(true).build();

        assertThat(files.of(owner)).isEqualTo(files.of(step));
      }
    }

    @Test
    void unreadableFilesAreAnError() {
      try (var files = new WorkspaceFiles(workspace)) {
        assertThatThrownBy(() -> files.of(copy(CONTEXT, "a")))
            .isInstanceOf(UncheckedIOException.class);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
