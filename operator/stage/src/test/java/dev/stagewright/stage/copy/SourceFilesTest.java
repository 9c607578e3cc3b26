package dev.stagewright.stage.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that instructions read, in the order of their names. */
class SourceFilesTest {
  private static final CopyFrom CONTEXT = new CopyFrom.Context();

  @TempDir private Path folder;
  private IndexedTar tar;

  @BeforeEach
  void writeContext() throws IOException {
    try (var out = new IndexedTarWriter(folder.resolve("tar"), folder.resolve("idx"))) {
      for (var entry :
          List.of(
              TarEntry.directory("dir"),
              TarEntry.file("dir/c.txt", 1),
              TarEntry.hardLink("dir/d.txt", "dir/c.txt"),
              TarEntry.directory("dir/sub"),
              TarEntry.file("dir/sub/f.md", 1),
              TarEntry.file("dir/sub/g.txt", 1),
              TarEntry.symlink("link", "dir/sub"),
              TarEntry.file("b.txt", 1),
              TarEntry.file("a.txt", 1))) {
        out.put(entry, new ByteArrayInputStream(new byte[(int) entry.size()]));
      }
      out.finish();
    }
    tar = IndexedTar.open(folder.resolve("tar"), folder.resolve("idx"));
  }

  @AfterEach
  void close() throws IOException {
    tar.close();
  }

  @ParameterizedTest(name = "COPY {0} reads {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.txt                | a.txt
          *.txt                | a.txt b.txt
          dir                  | c.txt d.txt sub/ sub/f.md sub/g.txt
          dir/sub/             | f.md g.txt
          link                 | f.md g.txt
          link/f.md            | f.md
          d*/s*                | f.md g.txt
          .                    | a.txt b.txt dir/ dir/c.txt dir/d.txt dir/sub/ dir/sub/f.md dir/sub/g.txt link
          b.txt a.txt          | b.txt a.txt
          *.none               |
          --parents dir/sub    | dir/ dir/sub/ dir/sub/f.md dir/sub/g.txt
          --parents dir/./sub/f.md | sub/ sub/f.md
          --exclude=*.txt dir  | sub/ sub/f.md sub/g.txt
          --exclude=**/*.txt dir | sub/ sub/f.md
          --exclude=sub --exclude=!sub/f.md dir | c.txt d.txt sub/ sub/f.md
          --exclude=sub dir    | c.txt d.txt
          """)
  void listsWhatCopyCopies(String arguments, String placed) throws Exception {
    assertThat(
            String.join(" ", list(copy(arguments)).stream().map(SourceFilesTest::place).toList()))
        .isEqualTo(placed == null ? "" : placed);
  }

  private static String place(SourceFile file) {
    return file.entry().type() == TarEntry.Type.DIRECTORY ? file.placed() + "/" : file.placed();
  }

  private static Step.Copy copy(String arguments) {
    var sources = new ArrayList<String>();
    var exclude = new ArrayList<String>();
    var parents = false;
    for (var word : arguments.split(" ", -1)) {
      if (word.equals("--parents")) {
        parents = true;
      } else if (word.startsWith("--exclude=")) {
        exclude.add(word.substring("--exclude=".length()));
      } else {
        sources.add(word);
      }
    }
    return Step.Copy.builder(new InstructionPosition("Dockerfile", 1, "COPY"), CONTEXT, "/")
        .sources(sources)
        .exclude(exclude)
        .parents(parents)
        .build();
  }

  private List<SourceFile> list(Step.Copy step) throws IOException, CopyException {
    var files = new ArrayList<SourceFile>();
    new SourceFiles(new OneTree(tar)).list(step, files::add);
    return files;
  }

  @Test
  void namesPathInSourceContentAndEarlierLink() throws Exception {
    var files = list(copy("dir"));

    assertThat(files.get(1).entry()).isEqualTo(TarEntry.file("dir/d.txt", 1));
    assertThat(files.get(1).content()).contains(Digest.of(new byte[1]));
    assertThat(files.get(1).link()).contains("c.txt");
    assertThat(files.get(0).link()).isEmpty();
    assertThat(files.get(2).content()).isEmpty();
  }

  @Test
  void countsSources() throws Exception {
    assertThat(list(copy("b.txt dir/sub"))).extracting(SourceFile::source).containsExactly(0, 1, 1);
  }

  @Test
  void listsABindMountWithItsDirectory() throws Exception {
    var files = new ArrayList<SourceFile>();
    new SourceFiles(new OneTree(tar))
        .list(new RunMount.Bind(CONTEXT, "/link", "/mnt", true), files::add);

    assertThat(files).extracting(SourceFile::placed).containsExactly("", "f.md", "g.txt");
    assertThat(files.getFirst().entry().name()).isEqualTo("dir/sub");
  }

  @Test
  void reportsAMissingSourceAsCopyDoes() {
    assertThatThrownBy(() -> list(copy("missing")))
        .isInstanceOf(CopyException.class)
        .hasMessage("\"/missing\": not found in the build context");
  }

  /** A build context. */
  private record OneTree(IndexedTar tar) implements FileTrees {
    @Override
    public IndexedTar open(CopyFrom from) {
      return tar;
    }

    @Override
    public IndexedTar open(Step.Remote remote) {
      return tar;
    }

    @Override
    public String describe(CopyFrom from) {
      return "the build context";
    }

    @Override
    public Optional<String> workingDirectory(CopyFrom from) {
      return Optional.empty();
    }
  }
}
