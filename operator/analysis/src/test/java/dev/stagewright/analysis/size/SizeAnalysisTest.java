package dev.stagewright.analysis.size;

import static dev.stagewright.analysis.TestFiles.directory;
import static dev.stagewright.analysis.TestFiles.elf;
import static dev.stagewright.analysis.TestFiles.file;
import static dev.stagewright.analysis.TestFiles.hardLink;
import static dev.stagewright.analysis.TestFiles.program;
import static dev.stagewright.analysis.TestFiles.symlink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.stagewright.analysis.ImageFixture;
import dev.stagewright.analysis.TestFiles;
import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.analysis.size.Duplicates.DuplicateFile;
import dev.stagewright.analysis.size.HiddenFiles.Cause;
import dev.stagewright.analysis.size.HiddenFiles.HiddenFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizeAnalysisTest {
  private static final long MB = 1_000_000;

  private static SizeReport report(ImageFixture image) {
    return SizeAnalysis.report(image.build());
  }

  @Test
  void emptyImage() {
    var report = report(new ImageFixture());
    assertThat(report.total()).isEqualTo(FileTotals.NONE);
    assertThat(report.files().children()).isEmpty();
    assertThat(report.savings().list()).isEmpty();
    assertThat(report.largestSaving()).isEmpty();
  }

  @Nested
  final class Layers {
    @Test
    void countFilesOfEachLayer() {
      var report =
          report(
              new ImageFixture()
                  .base(file("bin/sh", 100), directory("tmp"), symlink("bin/ls", "sh"))
                  .layer("COPY . /app", file("app/a", 10), file("app/b", 30)));
      assertThat(report.layers())
          .extracting(LayerSize::total)
          .containsExactly(new FileTotals(1, 100, 50), new FileTotals(2, 40, 20));
      assertThat(report.layers().get(1).origin().instruction()).contains("COPY . /app");
      assertThat(report.total()).isEqualTo(new FileTotals(3, 140, 70));
    }

    @Test
    void countHardLinksOnce() {
      var report = report(new ImageFixture().layer("RUN ln", file("a", 100), hardLink("b", "a")));
      assertThat(report.total()).isEqualTo(new FileTotals(1, 100, 50));
    }
  }

  @Nested
  final class Hidden {
    private List<HiddenFiles> hidden(ImageFixture image) {
      return report(image).savings().hidden();
    }

    @Test
    void deletedFile() {
      var image = new ImageFixture().layer("RUN make", file("build/a", 100)).remove("build/a");
      assertThat(hidden(image))
          .containsExactly(
              new HiddenFiles(
                  0,
                  1,
                  new FileTotals(1, 100, 50),
                  List.of(new HiddenFile("/build/a", 100, Cause.DELETED))));
      assertThat(report(image).layers().getFirst().hidden()).isEqualTo(new FileTotals(1, 100, 50));
      assertThat(report(image).files().total()).isEqualTo(FileTotals.NONE);
    }

    @ParameterizedTest
    @CsvSource({"d1, d2, OVERWRITTEN", "d1, d1, METADATA_CHANGED"})
    void overwrittenFile(String before, String after, Cause cause) {
      var image =
          new ImageFixture()
              .layer("COPY app", file("app", 100, before))
              .layer("RUN chown", file("app", 100, after));
      assertThat(hidden(image))
          .flatExtracting(HiddenFiles::largest)
          .containsExactly(new HiddenFile("/app", 100, cause));
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "d/e"})
    void deletedDirectory(String removed) {
      var image = new ImageFixture().layer("RUN make", file("d/e/f", 100)).remove(removed);
      assertThat(hidden(image)).extracting(HiddenFiles::hiddenBy).containsExactly(1);
    }

    @Test
    void directoryReplacedByOpaqueDirectory() {
      var image =
          new ImageFixture()
              .layer("RUN make", file("d/old", 100))
              .replaceDirectory("d", directory("d"), file("d/new", 1));
      assertThat(hidden(image))
          .flatExtracting(HiddenFiles::largest)
          .containsExactly(new HiddenFile("/d/old", 100, Cause.DELETED));
    }

    @Test
    void directoryReplacedByFile() {
      var image =
          new ImageFixture().layer("RUN make", file("d/old", 100)).layer("COPY d /", file("d", 1));
      assertThat(hidden(image)).hasSize(1);
    }

    @Test
    void nameFirstLayerThatHides() {
      var image =
          new ImageFixture()
              .layer("one", file("a", 100))
              .layer("two", file("a", 10))
              .layer("three", file("a", 1));
      assertThat(hidden(image))
          .extracting(HiddenFiles::layer, HiddenFiles::hiddenBy)
          .containsExactly(tuple(0, 1), tuple(1, 2));
    }

    @Test
    void contentWithAnotherHardLinkIsNotHidden() {
      var image =
          new ImageFixture().layer("RUN ln", file("a", 100), hardLink("b", "a")).remove("a");
      assertThat(hidden(image)).isEmpty();
      assertThat(report(image).files().children()).extracting(FileTree::name).containsExactly("b");
    }

    @Test
    void unchangedDirectoryHidesNothing() {
      var image =
          new ImageFixture()
              .layer("RUN make", directory("d"), file("d/a", 100))
              .layer("RUN touch", directory("d"), file("d/b", 1));
      assertThat(hidden(image)).isEmpty();
    }
  }

  @Nested
  final class Tree {
    @Test
    void largestFirstWithTotals() {
      var root =
          report(
                  new ImageFixture()
                      .base(file("usr/lib/a", 10), file("usr/lib/b", 20), file("etc/c", 5))
                      .layer("COPY", file("app", 50)))
              .files();
      assertThat(root.total()).isEqualTo(new FileTotals(4, 85, 42));
      assertThat(root.children()).extracting(FileTree::name).containsExactly("app", "usr", "etc");
      var usr = root.children().get(1);
      assertThat(usr.kind()).isEqualTo(FileTree.Kind.DIRECTORY);
      assertThat(usr.children().getFirst().children())
          .extracting(FileTree::name)
          .containsExactly("b", "a");
      assertThat(root.children()).extracting(FileTree::layer).containsExactly(1, 0, 0);
    }

    @Test
    void sumUpWhatIsTooSmall() {
      var files =
          IntStream.range(0, 1000).mapToObj(i -> file("d/f" + i, i + 1)).toArray(LayerFile[]::new);
      var directory = report(new ImageFixture().layer("RUN", files)).files().children().getFirst();
      assertThat(directory.children()).hasSize(400);
      var other = directory.children().getLast();
      assertThat(other.kind()).isEqualTo(FileTree.Kind.OTHER);
      assertThat(other.total().files()).isEqualTo(601);
      var sum = directory.children().stream().map(FileTree::total).reduce(FileTotals::plus);
      assertThat(sum).contains(directory.total());
    }

    @Test
    void namesAreText() {
      var image = new ImageFixture().layer("COPY", file("caf\u00c3\u00a9", 1));
      assertThat(report(image).files().children())
          .extracting(FileTree::name)
          .containsExactly("café");
    }
  }

  @Nested
  final class EqualFiles {
    @Test
    void countAllCopiesButOne() {
      var duplicates =
          report(
                  new ImageFixture()
                      .layer("COPY", file("a", 10, "x"), file("b", 10, "x"), file("c", 10, "y"))
                      .layer("COPY", file("d", 10, "x")))
              .savings()
              .duplicates();
      assertThat(duplicates.total()).isEqualTo(new FileTotals(2, 20, 10));
      assertThat(duplicates.largest())
          .containsExactly(new DuplicateFile(10, 3, List.of("/a", "/b", "/d")));
    }

    @Test
    void hardLinksAreNotCopies() {
      var image = new ImageFixture().layer("RUN", file("a", 10, "x"), hardLink("b", "a"));
      assertThat(report(image).savings().duplicates().largest()).isEmpty();
    }
  }

  @Nested
  final class Groups {
    @ParameterizedTest
    @CsvSource({
      "var/lib/apt/lists/deb_Packages, APT_CACHE, /var/lib/apt/lists",
      "var/cache/apk/APKINDEX.tar.gz, APK_CACHE, /var/cache/apk",
      "var/cache/dnf/x.solv, DNF_CACHE, /var/cache/dnf",
      "root/.cache/pip/http/a, PIP_CACHE, /root/.cache/pip",
      "root/.npm/_cacache/x, NPM_CACHE, /root/.npm/_cacache",
      "usr/local/share/.cache/yarn/v6/x, YARN_CACHE, /usr/local/share/.cache/yarn",
      "root/.cache/go-build/00/x, GO_CACHE, /root/.cache/go-build",
      "go/pkg/mod/a@v1/x.go, GO_CACHE, /go/pkg/mod",
      "usr/local/cargo/registry/src/x, CARGO_CACHE, /usr/local/cargo/registry",
      "src/target/release/deps/a.rlib, CARGO_CACHE, /src/target/release/deps",
      "root/.m2/repository/a.jar, MAVEN_CACHE, /root/.m2/repository",
      "app/.git/objects/pack/x.pack, GIT, /app/.git",
      "usr/lib/debug/x, DEBUG_SYMBOLS, /usr/lib/debug",
      "opt/app.debug, DEBUG_SYMBOLS, /opt/app.debug",
      "app/node_modules/lib/test/a.js, TESTS, /app/node_modules/lib/test",
      "usr/share/doc/a/copyright, DOCUMENTATION, /usr/share/doc",
      "usr/share/locale/de/a.mo, DOCUMENTATION, /usr/share/locale",
      "usr/lib/gcc/x86_64-linux-gnu/14/cc1, TOOLCHAIN, /usr/lib/gcc",
      "usr/include/stdio.h, TOOLCHAIN, /usr/include",
      "usr/local/go/bin/go, TOOLCHAIN, /usr/local/go",
      "usr/bin/x86_64-linux-gnu-ld.bfd, TOOLCHAIN, /usr/bin/x86_64-linux-gnu-ld.bfd",
      "usr/bin/g++-14, TOOLCHAIN, /usr/bin/g++-14",
      "opt/java/openjdk/jmods/java.base.jmod, TOOLCHAIN, /opt/java/openjdk/jmods",
      "app/node_modules/typescript/lib/tsc.js, DEVELOPMENT_PACKAGES, /app/node_modules/typescript",
      "usr/lib/libfoo.a, STATIC_LIBRARIES, /usr/lib/libfoo.a",
    })
    void recognize(String path, GroupKind kind, String place) {
      var groups = report(new ImageFixture().layer("RUN", file(path, 100))).savings().groups();
      assertThat(groups)
          .containsExactly(
              new FileGroup(
                  kind, new FileTotals(1, 100, 50), new FileTotals(1, 100, 50), List.of(place)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "usr/bin/test",
          "app/server.js",
          "usr/bin/gccgo-helper",
          "app/.gitignore",
          "usr/share/documents/x",
          "app/data.a",
          "usr/lib/libc.so.6"
        })
    void ignoreOrdinaryFiles(String path) {
      assertThat(report(new ImageFixture().layer("RUN", file(path, 100))).savings().groups())
          .isEmpty();
    }

    @Test
    void debugSymbolsAreAPartOfAProgram() {
      var program =
          elf("app", 1000, TestFiles.elf(ElfFile.Linking.STATIC, Set.of(), Set.of(), 400));
      assertThat(report(new ImageFixture().layer("COPY", program)).savings().groups())
          .containsExactly(
              new FileGroup(
                  GroupKind.DEBUG_SYMBOLS,
                  new FileTotals(1, 400, 200),
                  new FileTotals(1, 400, 200),
                  List.of("/app")));
    }

    @Test
    void filesOfTheBaseAreNotOwn() {
      var groups = report(new ImageFixture().base(file("usr/share/doc/a", 100))).savings().groups();
      assertThat(groups).extracting(FileGroup::own).containsExactly(FileTotals.NONE);
    }
  }

  @Nested
  final class LargestSaving {
    @Test
    void nameTheCause() {
      var image =
          new ImageFixture()
              .base(file("bin/sh", 10 * MB))
              .layer("RUN apt-get update", file("var/lib/apt/lists/x", 4 * MB))
              .layer("RUN make", file("build/x", 2 * MB))
              .remove("build");
      assertThat(report(image).savings().list())
          .extracting(Saving::kind, Saving::message)
          .containsExactly(
              tuple(Saving.Kind.GROUP, "4.0 MB are package lists and caches of apt"),
              tuple(
                  Saving.Kind.HIDDEN,
                  "2.0 MB are in layers, but deleted or overwritten by later instructions"));
    }

    @Test
    void anotherBase() {
      var image =
          new ImageFixture()
              .base(file("usr/bin/gcc", 100 * MB))
              .layer("COPY server /", program("server", MB))
              .entrypoint("/server");
      var saving = report(image).largestSaving();
      assertThat(saving).map(Saving::kind).contains(Saving.Kind.BASE);
      assertThat(saving.orElseThrow().amount().compressedBytes()).isEqualTo(50 * MB);
      assertThat(saving.orElseThrow().fix()).contains("FROM scratch");
    }

    @Test
    void nothingInASmallImage() {
      var image =
          new ImageFixture()
              .layer("COPY", program("server", 90_000), file(".git/index", 50_000))
              .entrypoint("/server");
      assertThat(report(image).largestSaving()).isEqualTo(Optional.empty());
    }

    @Test
    void filesOfTheBaseAreNotTheUsersMistake() {
      var image =
          new ImageFixture()
              .base(file("usr/share/doc/x", 4 * MB), file("a", 4 * MB, "x"), file("b", 4 * MB, "x"))
              .remove("a");
      assertThat(report(image).savings().list()).isEmpty();
    }
  }

  @Test
  void largeImage() {
    var files =
        IntStream.range(0, 100_000)
            .mapToObj(i -> file("app/d" + i % 500 + "/f" + i, i + 1, "digest" + (i % 60_000)))
            .toArray(LayerFile[]::new);
    var report = report(new ImageFixture().base(files).layer("RUN chown -R", files));
    assertThat(report.total().files()).isEqualTo(200_000);
    assertThat(report.savings().hidden()).hasSize(1);
    assertThat(report.savings().duplicates().total().files()).isEqualTo(40_000);
  }
}
