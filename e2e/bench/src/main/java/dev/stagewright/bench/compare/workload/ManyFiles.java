package dev.stagewright.bench.compare.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A context of many small files, of which one is different in each build.
 *
 * @param count number of files
 * @param perDirectory number of files in a directory
 */
record ManyFiles(int count, int perDirectory) implements BuildContext {
  private static final String DATA = "data";

  @Override
  public void write(Path folder, String nonce) throws IOException {
    var data = folder.resolve(DATA);
    if (!Files.exists(data)) {
      create(data);
    }
    Files.writeString(data.resolve(CHANGED_FILE), nonce + "\n");
  }

  private void create(Path data) throws IOException {
    for (var number = 1; number < count; number++) {
      var directory = data.resolve("d%04d".formatted(number / perDirectory));
      Files.createDirectories(directory);
      Files.writeString(
          directory.resolve("f%06d.txt".formatted(number)),
          "This is file %d of a build context with many small files.%n".formatted(number));
    }
  }
}
