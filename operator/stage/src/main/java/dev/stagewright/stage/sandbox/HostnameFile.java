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
 * The file {@code /etc/hostname}, which is a mount in Pods but not in other builders. Commands see
 * the content of the stage, and the content that they write belongs to the stage.
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
   * The file in a root where it is mounted.
   *
   * @param files the files of the root without mounts
   */
  static Optional<HostnameFile> of(
      RootFileSystem root, RootFileSystem files, Exclusions mountPoints) {
    return mountPoints.contains(PATH)
        ? Optional.of(new HostnameFile(root, files))
        : Optional.empty();
  }

  /** Shows the file of the stage to a command; an empty file if the stage has none. */
  void show() throws IOException {
    if (Files.isWritable(mounted)) {
      Files.write(mounted, content(files));
    }
  }

  /** Keeps the content that a command has written. */
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
