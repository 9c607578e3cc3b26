package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.files.TreeCopy;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The file {@code /etc/hostname}, which Pods have mounted and other builders do not: commands find
 * in it what the stage has there, and what they write to it is the stage's.
 */
final class HostnameFile {
  private static final String PATH = "etc/hostname";

  private final RootFileSystem root;
  private final RootFileSystem files;
  private final Path mounted;

  private HostnameFile(RootFileSystem root, RootFileSystem files) {
    this.root = root;
    this.files = files;
    this.mounted = root.directory().resolve(PATH);
  }

  /**
   * Of a root where it is mounted.
   *
   * @param files the same files as if nothing were mounted
   */
  static Optional<HostnameFile> of(
      RootFileSystem root, RootFileSystem files, Exclusions mountPoints) {
    return mountPoints.contains(PATH)
        ? Optional.of(new HostnameFile(root, files))
        : Optional.empty();
  }

  /** Shows a command what the stage has; where it has none, an empty file. */
  void show() throws IOException {
    if (Files.isWritable(mounted)) {
      Files.write(mounted, content(files));
    }
  }

  /** Keeps what a command has written. */
  void keep() throws IOException {
    if (!Arrays.equals(content(root), content(files))) {
      new FileCreator(files).remove(PATH);
      new TreeCopy(root, files).copy(PATH, PATH);
    }
  }

  private static byte[] content(RootFileSystem from) throws IOException {
    if (!from.status(PATH).map(FileStatus::isFile).orElse(false)) {
      return new byte[0];
    }
    try (var in = from.read(PATH)) {
      return in.readAllBytes();
    }
  }
}
