package dev.stagewright.e2e.conformance.image;

import static dev.stagewright.e2e.conformance.image.SampleLayers.directory;
import static dev.stagewright.e2e.conformance.image.SampleLayers.file;
import static dev.stagewright.e2e.conformance.image.SampleLayers.hardLink;
import static dev.stagewright.e2e.conformance.image.SampleLayers.layer;
import static dev.stagewright.e2e.conformance.image.SampleLayers.symlink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Layers are applied according to the OCI image specification. */
class TreeTest {
  private static final Layer BASE =
      layer(directory("d"), file("d/one", "1"), directory("d/sub"), file("d/sub/two", "2"));

  @Test
  void upperFileReplacesLowerFile() {
    var tree = Tree.of(List.of(BASE, layer(file("d/one", "new"))));

    assertThat(tree.get("d/one"))
        .hasValueSatisfying(node -> assertThat(node.digest()).isEqualTo("new"));
  }

  @Test
  void whiteoutRemovesDirectoryWithContent() {
    var tree = Tree.of(List.of(BASE, layer(file("d/.wh.sub", ""))));

    assertThat(tree.paths()).containsExactly("d", "d/one");
  }

  @Test
  void opaqueWhiteoutHidesOnlyLowerLayers() {
    var tree =
        Tree.of(
            List.of(BASE, layer(directory("d"), file("d/own", "3"), file("d/.wh..wh..opq", ""))));

    assertThat(tree.paths()).containsExactly("d", "d/own");
  }

  @Test
  void linkReplacesDirectoryWithContent() {
    var tree = Tree.of(List.of(BASE, layer(symlink("d", "elsewhere"))));

    assertThat(tree.paths()).containsExactly("d");
  }

  @Test
  void changedDirectoryKeepsContent() {
    assertThat(Tree.of(List.of(BASE, layer(directory("d")))).paths())
        .isEqualTo(Tree.of(List.of(BASE)).paths());
  }

  @Test
  void groupsHardLinksOfFile() {
    var tree = Tree.of(List.of(BASE, layer(hardLink("d/same", "d/one"))));

    assertThat(tree.hardLinks())
        .containsOnlyKeys("d/one", "d/same")
        .containsEntry("d/one", Set.of("d/one", "d/same"));
  }

  @Test
  void replacedHardLinkLeavesGroup() {
    var links = layer(file("a", "1"), hardLink("b", "a"));

    assertThat(Tree.of(List.of(links, layer(file("a", "1")))).hardLinks()).isEmpty();
  }

  @Test
  void rejectsHardLinkWithoutTarget() {
    assertThatThrownBy(() -> Tree.of(List.of(layer(hardLink("a", "b")))))
        .hasMessage("a is a hard link to b, which is not there");
  }

  @Test
  void rejectsFileWithoutDirectory() {
    assertThatThrownBy(() -> Tree.of(List.of(layer(file("d/one", "1")))))
        .hasMessage("no layer holds the parent of d/one");
  }
}
