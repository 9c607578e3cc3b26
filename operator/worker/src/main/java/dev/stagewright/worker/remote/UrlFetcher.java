package dev.stagewright.worker.remote;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.download.Download;
import dev.stagewright.worker.download.DownloadException;
import dev.stagewright.worker.download.DownloadRequest;
import dev.stagewright.worker.download.Downloader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Fetches URLs of ADD instructions. Each becomes a tar with one file of mode 0600.
 *
 * @param secrets the build secrets with credentials
 */
record UrlFetcher(Downloader downloader, RemoteSecrets secrets) {
  private static final int MODE = 0600;

  /** Fetches a URL to an existing directory; returns its size. */
  long fetch(AddSource.Http source, Path directory)
      throws RemoteException, IOException, InterruptedException {
    var part = directory.resolve(".download");
    try {
      var download = download(source.url(), part);
      verify(source, download);
      write(source, download, directory);
      return download.size();
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Download download(String url, Path file)
      throws RemoteException, IOException, InterruptedException {
    try {
      return downloader.fetch(
          new DownloadRequest(parse(url), url, secrets, Long.MAX_VALUE, Optional.empty()), file);
    } catch (DownloadException e) {
      var reason =
          switch (e.kind()) {
            case NOT_FOUND, DENIED, TOO_LARGE -> FailureReason.RemoteNotFound;
            case UNAVAILABLE -> FailureReason.RemoteUnavailable;
          };
      throw new RemoteException(reason, String.valueOf(e.getMessage()), e);
    }
  }

  private static URI parse(String url) throws RemoteException {
    try {
      return DownloadRequest.parse(url);
    } catch (IllegalArgumentException _) {
      throw new RemoteException(FailureReason.RemoteNotFound, url + " is not a valid URL");
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
