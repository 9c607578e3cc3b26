package dev.stagewright.bench.compare.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the files of a build context beside the Dockerfile. */
@FunctionalInterface
public interface BuildContext {
  /** The file whose content is different in each build. */
  String CHANGED_FILE = "changed.txt";

  /**
   * Writes the files, or changes those of the previous build.
   *
   * @param nonce text that no other build has
   */
  void write(Path folder, String nonce) throws IOException;

  /** A context of one small file that is different in each build. */
  static BuildContext oneFile() {
    return (folder, nonce) -> Files.writeString(folder.resolve(CHANGED_FILE), nonce + "\n");
  }

  /** Adds the files of another context. */
  default BuildContext and(BuildContext other) {
    return (folder, nonce) -> {
      write(folder, nonce);
      other.write(folder, nonce);
    };
  }
}
