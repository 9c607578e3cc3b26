package dev.stagewright.worker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stagewright.protocol.BuildFailedException;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlineTreeTest {

  @Test
  void derivesDirectoriesFromPaths() throws Exception {
    var paths = new ArrayList<String>();
    new InlineTree(Map.of("a/b/c.txt", "1", "a/d.txt", "2")).walk(entry -> paths.add(entry.path()));

    assertThat(paths).containsExactly("a", "a/b", "a/b/c.txt", "a/d.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../x", "a/../b", "a//b", "a/", "", "./a"})
  void rejectsInvalidPaths(String path) {
    assertThatExceptionOfType(BuildFailedException.class)
        .isThrownBy(() -> new InlineTree(Map.of(path, "")))
        .withMessageContaining("spec.source.inline.files: \"" + path + "\"");
  }

  @Test
  void replacesFileByDockerfile() throws Exception {
    var tree = InlineTree.of(Map.of("build/D", "old", "a", "x"), "build/D", "new");

    assertThat(new SourceTextFiles(tree).read("build/D")).contains("new");
    assertThat(new SourceTextFiles(tree).read("a")).contains("x");
  }

  @Test
  void reportsConflictOfDockerfilePath() {
    assertThatExceptionOfType(BuildFailedException.class)
        .isThrownBy(() -> InlineTree.of(Map.of("build", ""), "build/D", ""))
        .withMessageContaining("spec.dockerfile: \"build/D\" requires build to be a directory");
    assertThatExceptionOfType(BuildFailedException.class)
        .isThrownBy(() -> InlineTree.of(Map.of("build/D", ""), "build", ""))
        .withMessageContaining("spec.dockerfile: \"build\" requires build to be a file");
  }

  @Test
  void rejectsPathThatIsFileAndDirectory() {
    assertThatExceptionOfType(BuildFailedException.class)
        .isThrownBy(() -> new InlineTree(Map.of("a", "", "a/b", "")))
        .withMessageContaining("a to be both a file and a directory");
  }
}
