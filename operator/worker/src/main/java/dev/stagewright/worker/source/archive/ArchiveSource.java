package dev.stagewright.worker.source.archive;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.FetchedSource;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.worker.DirectoryTree;
import dev.stagewright.worker.download.Checksum;
import dev.stagewright.worker.download.Download;
import dev.stagewright.worker.download.DownloadException;
import dev.stagewright.worker.download.DownloadOptions;
import dev.stagewright.worker.download.DownloadRequest;
import dev.stagewright.worker.download.Downloader;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Fetches archives of web servers, and artifacts of Flux.
 *
 * @param access the directory of credentials and certificates; may be missing
 * @param scratch the directory of the archive; deleted when the tree is closed
 * @param options of the download
 * @param limits of the archive
 */
public record ArchiveSource(
    Path access, Path scratch, DownloadOptions options, ArchiveLimits limits) {

  /**
   * Fetches the archive of a web server.
   *
   * @throws BuildFailedException if it does not exist, has another checksum, or is refused
   */
  public SourceTree fetch(SourceRequest.Http http) throws IOException {
    var field = "spec.source.http";
    var url = url(field, http.url());
    var name = DownloadRequest.withoutSecrets(url);
    var checksum = http.digest().map(text -> checksum(field + ".digest", text));
    var download = download(url, name, SourceAccess.read(access, field), checksum, field);
    return new ArchiveOpener(scratch, limits)
        .open(
            new ArchiveOpener.Archive(
                "archive " + name,
                field,
                new FetchedSource(name, download.requested().toString()),
                http.directory(),
                http.stripComponents()),
            download.file());
  }

  /**
   * Fetches an artifact of Flux.
   *
   * @throws BuildFailedException as for an archive of a web server
   */
  public SourceTree fetch(SourceRequest.Flux flux) throws IOException {
    var field = "spec.source.flux";
    var name = "artifact of " + flux.kind() + " " + flux.name();
    var checksum = Optional.of(checksum("the digest of the " + name, flux.digest()));
    var url = url(field, flux.url());
    var download = download(url, flux.url(), SourceAccess.anonymous(field), checksum, field);
    var revision = new FluxRevision(flux.revision());
    return new ArchiveOpener(scratch, limits)
        .open(
            new ArchiveOpener.Archive(
                name + ", revision " + flux.revision(),
                field,
                new FetchedSource(
                    flux.origin(),
                    download.requested().toString(),
                    Optional.of(flux.revision()),
                    revision.commit(),
                    revision.branch()),
                flux.directory(),
                0),
            download.file());
  }

  private static URI url(String field, String url) {
    try {
      return DownloadRequest.parse(url);
    } catch (IllegalArgumentException _) {
      throw failed(
          FailureReason.InvalidRequest, field + ".url is not an http or https URL with a host");
    }
  }

  private static Checksum checksum(String field, String text) {
    try {
      return Checksum.parse(text);
    } catch (IllegalArgumentException e) {
      throw failed(FailureReason.InvalidRequest, field + ": " + e.getMessage());
    }
  }

  private Download download(
      URI url, String name, SourceAccess server, Optional<Checksum> expected, String field)
      throws IOException {
    new DirectoryTree(scratch).createEmpty();
    var request =
        new DownloadRequest(
            url, name, server, limits.archiveBytes(), expected.map(Checksum::algorithm));
    try (var downloader = new Downloader(options)) {
      var download = downloader.fetch(request, scratch.resolve("download"));
      if (!expected.orElse(download.requested()).equals(download.requested())) {
        throw failed(
            FailureReason.ChecksumMismatch,
            "%s: %s has the checksum %s, but %s was expected; if the new content is intended, correct the checksum"
                .formatted(field, name, download.requested(), expected.get()));
      }
      return download;
    } catch (DownloadException e) {
      throw new BuildFailedException(
          Failure.of(reason(e.kind()), field + ": " + e.getMessage()), e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + name + " was fetched");
    }
  }

  private static FailureReason reason(DownloadException.Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> FailureReason.SourceNotFound;
      case DENIED -> FailureReason.SourceUnauthorized;
      case TOO_LARGE -> FailureReason.SourceInvalid;
      case UNAVAILABLE -> FailureReason.SourceUnavailable;
    };
  }

  private static BuildFailedException failed(FailureReason reason, String message) {
    return new BuildFailedException(Failure.of(reason, message));
  }
}
