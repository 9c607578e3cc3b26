package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.worker.source.archive.EntryContent.CorruptArchiveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Converts an archive of any format to an uncompressed tar with an index, so that its files can be
 * found without unpacking it. Refuses archives with dangerous entries.
 *
 * @param strip number of leading path components to remove; entries with fewer are left out
 */
record ArchiveIndexer(int strip, ArchiveLimits limits) {
  private static final String FORMATS =
      "is neither a tar archive, plain or compressed with gzip, bzip2, xz or zstd, nor a zip file";

  /**
   * Writes the tar and its index to an existing directory.
   *
   * @throws ArchiveException if the archive is refused or unreadable
   * @throws IOException if a file cannot be written
   */
  ArchiveFiles write(Path archive, Path directory) throws IOException, ArchiveException {
    var tar = directory.resolve("archive.tar");
    var index = directory.resolve("archive.idx");
    var paths = ArchivePaths.ofArchive();
    try (var reader = open(archive);
        var out = new IndexedTarWriter(tar, index)) {
      copy(reader, new ArchiveBudget(limits, Files.size(archive)), paths, out);
      out.finish();
    } catch (CorruptArchiveException e) {
      throw new ArchiveException("is corrupt: " + e.getMessage());
    }
    return new ArchiveFiles(IndexedTar.open(tar, index), paths.linked());
  }

  private static ArchiveReader open(Path archive) throws IOException, ArchiveException {
    try {
      return ArchiveReader.open(archive);
    } catch (IOException | RuntimeException e) {
      throw new ArchiveException(FORMATS + ": " + e.getMessage());
    }
  }

  private void copy(
      ArchiveReader reader, ArchiveBudget budget, ArchivePaths paths, IndexedTarWriter out)
      throws IOException, ArchiveException {
    for (var next = next(reader, budget); next.isPresent(); next = next(reader, budget)) {
      ArchivePaths.checkName(reader.rawName());
      budget.add(next.get());
      var stripped = stripped(next.get());
      if (stripped.isPresent()) {
        var entry = stripped.get();
        paths.add(entry);
        if (entry.type() == TarEntry.Type.FILE) {
          try (var content = new EntryContent(reader.content(), entry)) {
            out.put(entry, content);
          }
        } else {
          out.put(entry);
        }
      }
    }
  }

  private static Optional<TarEntry> next(ArchiveReader reader, ArchiveBudget budget)
      throws ArchiveException {
    try {
      return reader.next();
    } catch (IOException | RuntimeException e) {
      throw new ArchiveException(
          (budget.isUnused() ? FORMATS : "is corrupt") + ": " + e.getMessage());
    }
  }

  /** Returns the entry with its path in the source; empty if the source does not contain it. */
  private Optional<TarEntry> stripped(TarEntry entry) throws ArchiveException {
    var name = strip(entry.name());
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (entry.type() != TarEntry.Type.HARD_LINK || strip == 0) {
      return Optional.of(entry.withName(name.get()));
    }
    var target = strip(entry.linkName());
    if (target.isEmpty()) {
      throw ArchiveException.ofEntry(
          entry.name(),
          "is a hard link to %s, which stripComponents removes"
              .formatted(RawName.text(entry.linkName())));
    }
    return Optional.of(entry.withName(name.get()).withLinkName(target.get()));
  }

  private Optional<String> strip(String name) {
    var rest = name;
    for (var i = 0; i < strip; i++) {
      var slash = rest.indexOf('/');
      if (slash < 0) {
        return Optional.empty();
      }
      rest = rest.substring(slash + 1);
    }
    return rest.isEmpty() ? Optional.empty() : Optional.of(rest);
  }
}
