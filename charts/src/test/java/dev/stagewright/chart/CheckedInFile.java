package dev.stagewright.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is generated from the chart and checked in, so that users can read and apply it. */
record CheckedInFile(Path path) {
  static final String UPDATE_COMMAND = "./mvnw -B test -pl charts -am -Dcharts.update=true";

  /** Fails if the file is stale. With {@code -Dcharts.update=true}, writes the file instead. */
  void verify(String content) throws IOException {
    if (Boolean.getBoolean("charts.update")) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, content);
    }
    assertThat(path).as("generated file; update it with: " + UPDATE_COMMAND).exists();
    assertThat(Files.readString(path))
        .as("%s is stale; update it with: %s", path.getFileName(), UPDATE_COMMAND)
        .isEqualTo(content);
  }
}
