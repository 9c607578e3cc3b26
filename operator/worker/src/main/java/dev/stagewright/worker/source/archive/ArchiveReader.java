package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.tar.TarEntry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the entries of an archive in the order in which they are stored. */
interface ArchiveReader extends Closeable {
  /** The start of a zip file: of the first entry, or of the directory of an empty one. */
  List<byte[]> ZIP = List.of(new byte[] {'P', 'K', 3, 4}, new byte[] {'P', 'K', 5, 6});

  /** Opens an archive; its first bytes decide which format it has. */
  static ArchiveReader open(Path archive) throws IOException {
    byte[] head;
    try (var in = Files.newInputStream(archive)) {
      head = in.readNBytes(4);
    }
    return ZIP.stream().anyMatch(magic -> Arrays.equals(head, magic))
        ? ZipReader.open(archive)
        : TarArchiveReader.open(archive);
  }

  /**
   * Returns the next entry, with a normalized name; empty at the end.
   *
   * @throws ArchiveException if the entry cannot be read
   */
  Optional<TarEntry> next() throws IOException, ArchiveException;

  /** The raw name of the last entry as the archive contains it. */
  String rawName();

  /** The content of the last entry, valid until the next one is read. */
  InputStream content() throws IOException;
}
