package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.stage.files.ArchiveFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a tar archive, compressed with gzip, bzip2, xz or zstd, or not compressed. */
record TarArchiveReader(TarReader tar) implements ArchiveReader {
  static TarArchiveReader open(Path archive) throws IOException {
    var file = Files.newInputStream(archive);
    try {
      return new TarArchiveReader(new TarReader(ArchiveFormat.decompress(file)));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public Optional<TarEntry> next() throws IOException {
    return tar.next();
  }

  @Override
  public String rawName() {
    return tar.path();
  }

  @Override
  public InputStream content() {
    return tar.content();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
