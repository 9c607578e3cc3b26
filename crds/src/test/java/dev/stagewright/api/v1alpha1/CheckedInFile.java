package dev.stagewright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated file that is kept in the repository, so that it can be read and applied as it is. */
record CheckedInFile(Path path) {
  static final String UPDATE_COMMAND = "./mvnw -B test -pl crds -am -Dcrds.update=true";

  /** Of this path inside the repository. */
  static CheckedInFile of(String path) {
    return new CheckedInFile(Path.of("..").toAbsolutePath().normalize().resolve(path));
  }

  /** Fails where the file is stale; with {@code -Dcrds.update=true} writes it instead. */
  void mustHold(String content) throws IOException {
    if (Boolean.getBoolean("crds.update")) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, content);
    }
    assertThat(path).as("generated; refresh it by: " + UPDATE_COMMAND).exists();
    assertThat(Files.readString(path))
        .as("%s is stale; refresh it by: %s", path.getFileName(), UPDATE_COMMAND)
        .isEqualTo(content);
  }
}
