package dev.stagewright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated file that is checked in, so that users can read and apply it. */
record CheckedInFile(Path path) {
  static final String UPDATE_COMMAND = "./mvnw -B test -pl crds -am -Dcrds.update=true";

  /** The file with this path in the repository. */
  static CheckedInFile of(String path) {
    return new CheckedInFile(Path.of("..").toAbsolutePath().normalize().resolve(path));
  }

  /** Fails if the file is stale. With {@code -Dcrds.update=true}, writes the file instead. */
  void verify(String content) throws IOException {
    if (Boolean.getBoolean("crds.update")) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, content);
    }
    assertThat(path).as("generated file; update it with: " + UPDATE_COMMAND).exists();
    assertThat(Files.readString(path))
        .as("%s is stale; update it with: %s", path.getFileName(), UPDATE_COMMAND)
        .isEqualTo(content);
  }
}
