package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Enumeration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a zip file. Its directory at the end decides about names, types and modes: an entry that is
 * not listed there does not exist.
 */
final class ZipReader implements ArchiveReader {
  private static final int PERMISSIONS = 07777;
  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int FILE = 0100000;
  private static final int SYMLINK = 0120000;
  private static final int MAX_LINK = 4096;

  private final ZipFile zip;
  private final Enumeration<ZipArchiveEntry> entries;
  private @Nullable ZipArchiveEntry current;

  private ZipReader(ZipFile zip) {
    this.zip = zip;
    this.entries = zip.getEntriesInPhysicalOrder();
  }

  static ZipReader open(Path archive) throws IOException {
    return new ZipReader(ZipFile.builder().setPath(archive).get());
  }

  @Override
  public Optional<TarEntry> next() throws IOException, ArchiveException {
    if (!entries.hasMoreElements()) {
      current = null;
      return Optional.empty();
    }
    var entry = entries.nextElement();
    current = entry;
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw ArchiveException.ofEntry(
          rawName(), "is encrypted; encrypted archives are not supported");
    }
    if (!zip.canReadEntryData(entry)) {
      throw ArchiveException.ofEntry(
          rawName(),
          "is compressed with method %d, which is not supported".formatted(entry.getMethod()));
    }
    return Optional.of(tarEntry(entry));
  }

  private TarEntry tarEntry(ZipArchiveEntry entry) throws IOException, ArchiveException {
    var name = normalized(RawName.of(entry.getName()));
    var type = type(entry);
    var result =
        switch (type) {
          case DIRECTORY -> TarEntry.directory(name);
          case SYMLINK -> TarEntry.symlink(name, target(entry));
          case FILE -> TarEntry.file(name, Math.max(0, entry.getSize()));
          default ->
              throw ArchiveException.ofEntry(
                  rawName(), "is a device, a pipe or a socket, which a source cannot contain");
        };
    var mode = entry.getUnixMode() & PERMISSIONS;
    return timed(mode == 0 || type == SYMLINK ? result : result.withMode(mode), entry);
  }

  /** Archives that were made on other systems than Unix have no types. */
  private static int type(ZipArchiveEntry entry) {
    var type = entry.getUnixMode() & TYPE;
    if (type == 0) {
      return entry.isDirectory() ? DIRECTORY : FILE;
    }
    return type;
  }

  private String target(ZipArchiveEntry link) throws IOException, ArchiveException {
    try (var in = zip.getInputStream(link)) {
      var target = in.readNBytes(MAX_LINK + 1);
      if (target.length > MAX_LINK) {
        throw ArchiveException.ofEntry(rawName(), "is a symbolic link with a too long target");
      }
      return RawName.ofBytes(target);
    }
  }

  private static TarEntry timed(TarEntry entry, ZipArchiveEntry zipped) {
    var time =
        Optional.ofNullable(zipped.getLastModifiedTime())
            .map(FileTime::toInstant)
            .filter(it -> it.getEpochSecond() >= 0);
    return time.map(it -> entry.withMtime(it.getEpochSecond(), it.getNano())).orElse(entry);
  }

  private static String normalized(String name) {
    return Stream.of(name.split("/"))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .collect(Collectors.joining("/"));
  }

  @Override
  public String rawName() {
    return current == null ? "" : RawName.of(current.getName());
  }

  @Override
  public InputStream content() throws IOException {
    return current == null ? InputStream.nullInputStream() : zip.getInputStream(current);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
