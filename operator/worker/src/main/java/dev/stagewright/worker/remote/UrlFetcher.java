package dev.stagewright.worker.remote;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fetches URLs of ADD instructions. Each becomes a tar with one file of mode 0600. */
record UrlFetcher(Downloader downloader) {
  private static final int MODE = 0600;

  /** Fetches a URL to an existing directory; returns its size. */
  long fetch(AddSource.Http source, Path directory)
      throws RemoteException, IOException, InterruptedException {
    var part = directory.resolve(".download");
    try {
      var download = downloader.fetch(source.url(), part);
      verify(source, download);
      write(source, download, directory);
      return download.size();
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void verify(AddSource.Http source, Download download) throws RemoteException {
    var expected = source.checksum().orElse(download.digest());
    if (!expected.equals(download.digest())) {
      throw new RemoteException(
          FailureReason.ChecksumMismatch,
          "digest mismatch for %s: %s (expected: %s)"
              .formatted(source.url(), download.digest(), expected));
    }
  }

  private static void write(AddSource.Http source, Download download, Path directory)
      throws IOException {
    var entry =
        TarEntry.file(RawName.of(source.fileName()), download.size())
            .withMode(MODE)
            .withMtime(download.modified().getEpochSecond(), 0);
    try (var tar =
            new IndexedTarWriter(
                directory.resolve(Workspace.TAR), directory.resolve(Workspace.INDEX));
        var content = Files.newInputStream(download.file())) {
      tar.put(entry, content);
      tar.finish();
    }
  }
}
