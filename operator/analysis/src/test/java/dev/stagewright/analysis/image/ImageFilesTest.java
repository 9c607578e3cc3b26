package dev.stagewright.analysis.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.layer.FileFacts;
import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.layers.tar.TarEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ImageFilesTest {
  private static LayerContent layer(TarEntry... entries) {
    return layer(List.of(), List.of(), entries);
  }

  private static LayerContent layer(
      List<String> removed, List<String> opaque, TarEntry... entries) {
    var files = Arrays.stream(entries).map(e -> LayerFile.of(e, FileFacts.NONE)).toList();
    return new LayerContent(files, removed, opaque, true);
  }

  private static ImageFiles image(LayerContent... layers) {
    return ImageFiles.of(List.of(layers));
  }

  private static TarEntry file(String path) {
    return TarEntry.file(path, 1);
  }

  private static TarEntry directory(String path) {
    return TarEntry.directory(path);
  }

  private static TarEntry link(String path, String target) {
    return TarEntry.symlink(path, target);
  }

  private static List<String> paths(ImageFiles image) {
    return image.all().stream().map(ImageFile::path).toList();
  }

  private static String found(ImageFiles image, String path) {
    return switch (image.resolve(path)) {
      case Resolution.Found(var file, _) -> file.path();
      case Resolution.Missing(var missing) -> "missing " + missing;
      case Resolution.NotDirectory(var other) -> "not a directory " + other;
      case Resolution.Loop(var loop) -> "loop " + loop;
    };
  }

  // Layers

  @Test
  void anUpperLayerReplacesFilesAndKeepsTheOthers() {
    var image = image(layer(file("a"), file("b")), layer(TarEntry.file("a", 5)));

    assertThat(paths(image)).containsExactly("a", "b");
    assertThat(image.get("a").orElseThrow().file().size()).isEqualTo(5);
    assertThat(image.get("a").orElseThrow().layer()).isEqualTo(1);
    assertThat(image.get("b").orElseThrow().layer()).isZero();
  }

  @Test
  void aDirectoryOfAnUpperLayerKeepsTheFilesInIt() {
    var image = image(layer(directory("d"), file("d/a")), layer(directory("d").withMode(0700)));

    assertThat(paths(image)).containsExactly("d", "d/a");
    assertThat(image.get("d").orElseThrow().file().mode()).isEqualTo(0700);
  }

  @Test
  void aWhiteoutRemovesAFileOrADirectoryButNotItsNeighbours() {
    var lower = layer(directory("d"), file("d/a"), file("d-1"), file("d.txt"), file("e"));

    assertThat(paths(image(lower, layer(List.of("d"), List.of()))))
        .containsExactly("d-1", "d.txt", "e");
    assertThat(paths(image(lower, layer(List.of("d/a"), List.of()))))
        .containsExactly("d", "d-1", "d.txt", "e");
  }

  @Test
  void aWhiteoutDoesNotRemoveWhatItsOwnLayerAdds() {
    var image =
        image(
            layer(directory("d"), file("d/old")),
            layer(List.of("d"), List.of(), directory("d"), file("d/new")));

    assertThat(paths(image)).containsExactly("d", "d/new");
  }

  @Test
  void anOpaqueDirectoryHidesWhatIsBelow() {
    var image =
        image(
            layer(directory("d"), file("d/old"), file("d/e/old"), file("other")),
            layer(List.of(), List.of("d"), directory("d"), file("d/new")));

    assertThat(paths(image)).containsExactly("d", "d/new", "other");
  }

  @Test
  void anOpaqueRootHidesEverything() {
    var image = image(layer(file("a"), file("b/c")), layer(List.of(), List.of(""), file("d")));

    assertThat(paths(image)).containsExactly("d");
  }

  @Test
  void aFileReplacesADirectoryAndADirectoryAFile() {
    var directory = layer(directory("d"), file("d/a"));
    var file = layer(file("d"));

    assertThat(paths(image(directory, file))).containsExactly("d");
    assertThat(paths(image(directory, file, layer(directory("d"), file("d/b")))))
        .containsExactly("d", "d/b");
    assertThat(found(image(directory, file), "/d/a")).isEqualTo("not a directory /d");
  }

  @Test
  void aDirectoryWithoutAnEntryReplacesAFileOrALinkOfALowerLayer() {
    assertThat(found(image(layer(file("d")), layer(file("d/a"))), "/d/a")).isEqualTo("d/a");
    assertThat(found(image(layer(link("d", "e"), file("e/a")), layer(file("d/b"))), "/d/a"))
        .isEqualTo("missing /d/a");
  }

  @Test
  void aHardLinkHasThePropertiesOfItsFile() {
    var image =
        image(
            layer(TarEntry.file("a", 7).withMode(0755).withOwner(1, 2)),
            layer(TarEntry.hardLink("b", "a")));

    var second = image.get("b").orElseThrow();
    assertThat(second.file().size()).isEqualTo(7);
    assertThat(second.file().mode()).isEqualTo(0755);
    assertThat(second.file().type()).isEqualTo(TarEntry.Type.FILE);
    assertThat(second.layer()).isEqualTo(1);
  }

  @Test
  void aHardLinkKeepsItsFileWhenTheFirstNameIsRemovedOrReplaced() {
    var both = layer(TarEntry.file("a", 7), TarEntry.hardLink("b", "a"));

    var image = image(both, layer(List.of("a"), List.of()));
    assertThat(image.get("b").orElseThrow().file().size()).isEqualTo(7);

    image = image(both, layer(TarEntry.file("a", 9)));
    assertThat(image.get("b").orElseThrow().file().size()).isEqualTo(7);
  }

  @Test
  void aHardLinkWithoutItsFileStaysALink() {
    assertThat(image(layer(TarEntry.hardLink("b", "a"))).get("b").orElseThrow().file().type())
        .isEqualTo(TarEntry.Type.HARD_LINK);
  }

  @Test
  void listsWhatIsBelowADirectory() {
    var image = image(layer(directory("d"), file("d/a"), file("d/e/b"), file("d-1"), file("c")));

    assertThat(image.below("d")).extracting(ImageFile::path).containsExactly("d/a", "d/e/b");
    assertThat(image.below("")).hasSize(5);
    assertThat(image.below("nothing")).isEmpty();
  }

  // Resolution

  @Test
  void resolvesAbsoluteAndRelativePathsFromTheRoot() {
    var image = image(layer(file("usr/bin/a")));

    for (var path :
        List.of(
            "/usr/bin/a", "usr/bin/a", "//usr///bin/./a", "/usr/../usr/bin/a", "/../usr/bin/a")) {
      assertThat(found(image, path)).isEqualTo("usr/bin/a");
    }
  }

  @Test
  void directoriesWithoutEntriesExist() {
    var image = image(layer(directory("etc")), layer(file("usr/bin/a")));

    assertThat(image.resolve("/usr/bin"))
        .isInstanceOfSatisfying(
            Resolution.Found.class,
            found -> {
              assertThat(found.file().file().isDirectory()).isTrue();
              assertThat(found.file().file().mode()).isEqualTo(0755);
              assertThat(found.file().layer()).isEqualTo(1);
            });
    assertThat(found(image, "/usr/b")).isEqualTo("missing /usr/b");
  }

  @Test
  void theRootAlwaysExists() {
    assertThat(found(image(), "/")).isEmpty();
    assertThat(found(image(), "/a")).isEqualTo("missing /a");
    assertThat(found(image(layer(file("a"))), "/")).isEmpty();
  }

  @Test
  void followsLinksInAllPartsOfThePath() {
    var image =
        image(
            layer(
                link("bin", "usr/bin"),
                link("usr/bin/sh", "dash"),
                file("usr/bin/dash"),
                link("usr/bin/awk", "/etc/alternatives/awk"),
                link("etc/alternatives/awk", "../../bin/mawk"),
                file("usr/bin/mawk")));

    assertThat(found(image, "/bin/sh")).isEqualTo("usr/bin/dash");
    assertThat(found(image, "/bin/awk")).isEqualTo("usr/bin/mawk");
    assertThat(found(image, "/bin/../bin/sh")).isEqualTo("usr/bin/dash");
  }

  @Test
  void twoDotsBehindALinkLeadToTheParentOfItsTarget() {
    var image = image(layer(link("a", "x/y"), file("x/y/f"), file("x/g"), file("g")));

    assertThat(found(image, "/a/../g")).isEqualTo("x/g");
  }

  @Test
  void aLinkAcrossLayersIsFollowedInTheMergedFiles() {
    var image = image(layer(link("bin/tool", "/opt/tool")), layer(file("opt/tool")));

    assertThat(found(image, "/bin/tool")).isEqualTo("opt/tool");
  }

  @Test
  void reportsWhereALinkLeadsToNothing() {
    assertThat(found(image(layer(link("a", "/opt/b"))), "/a")).isEqualTo("missing /opt");
    assertThat(found(image(layer(link("a", "/opt/b"), directory("opt"))), "/a"))
        .isEqualTo("missing /opt/b");
  }

  @Test
  void reportsLoops() {
    assertThat(found(image(layer(link("a", "b"), link("b", "a"))), "/a")).startsWith("loop /");
    assertThat(found(image(layer(link("a", "a/b"))), "/a")).startsWith("loop /");
  }

  @Test
  void followsAsManyLinksAsTheKernel() {
    var entries = new ArrayList<TarEntry>(List.of(file("l0")));
    for (var i = 1; i <= 41; i++) {
      entries.add(link("l" + i, "l" + (i - 1)));
    }
    var image = image(layer(entries.toArray(TarEntry[]::new)));

    assertThat(found(image, "/l40")).isEqualTo("l0");
    assertThat(found(image, "/l41")).startsWith("loop");
  }

  @Test
  void aFileIsNotADirectory() {
    var image = image(layer(file("a"), link("b", "a"), directory("d")));

    for (var path : List.of("/a/b", "/a/", "/a/.", "/a/..", "/b/", "/b/x")) {
      assertThat(found(image, path)).isEqualTo("not a directory /a");
    }
    assertThat(found(image, "/d/")).isEqualTo("d");
  }

  @Test
  void namesTheDirectoriesAndLinksOnTheWay() {
    var image = image(layer(directory("usr"), link("bin", "usr/bin"), file("usr/bin/a")));

    assertThat(image.resolve("/bin/a"))
        .isInstanceOfSatisfying(
            Resolution.Found.class,
            found ->
                assertThat(found.through())
                    .extracting(ImageFile::path)
                    .containsExactly("", "bin", "", "usr", "usr/bin"));
  }

  @Property(seed = "1")
  void resolutionAlwaysEnds(
      @ForAll @Size(max = 8) List<@CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 2) String> names,
      @ForAll @Size(max = 8) List<@CharRange(from = '.', to = '/') @StringLength(max = 4) String> targets) {
    var links =
        Stream.iterate(0, i -> i < Math.min(names.size(), targets.size()), i -> i + 1)
            .map(i -> link(names.get(i), targets.get(i) + names.get(names.size() - 1 - i)))
            .toArray(TarEntry[]::new);
    var image = image(layer(links));

    names.forEach(name -> assertThat(image.resolve(name + "/x")).isNotNull());
  }
}
