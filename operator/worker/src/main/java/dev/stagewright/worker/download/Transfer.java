package dev.stagewright.worker.download;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a download through several attempts. If the server names the version of the file
 * (with a strong ETag), an attempt continues where the one before it was interrupted.
 */
final class Transfer implements Closeable {
  private static final int PARTIAL_CONTENT = 206;

  private final DownloadRequest request;
  private final Path file;
  private final FileChannel out;
  private final Map<String, MessageDigest> checksums = new LinkedHashMap<>();
  private Optional<String> version = Optional.empty();
  private Instant modified = Instant.EPOCH;
  private long size;

  /** Creates the file, or empties it. */
  Transfer(DownloadRequest request, Path file) throws IOException {
    this.request = request;
    this.file = file;
    this.out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    restart();
  }

  /** The request for what is missing. */
  Request next() {
    var headers =
        version
            .filter(_ -> size > 0)
            .map(etag -> Map.of("Range", "bytes=" + size + "-", "If-Range", etag))
            .orElse(Map.of());
    return new Request("GET", request.url(), headers, Content.EMPTY);
  }

  /**
   * Prepares for the content of a response with status 200 or 206.
   *
   * @return false if it is another part than that which is missing
   * @throws DownloadException if the file is larger than allowed
   */
  boolean begin(Response response) throws IOException, DownloadException {
    var isPart = response.status() == PARTIAL_CONTENT;
    var continues = isPart && continues(response);
    if (!continues) {
      restart();
    }
    if (isPart && !continues) {
      return false;
    }
    version = response.header("ETag").filter(etag -> !etag.startsWith("W/"));
    modified = response.header("Last-Modified").flatMap(Transfer::time).orElse(Instant.EPOCH);
    checkSize(size + response.header("Content-Length").flatMap(Transfer::number).orElse(0L));
    return true;
  }

  private boolean continues(Response response) {
    return response
        .header("Content-Range")
        .filter(range -> range.startsWith("bytes " + size + "-"))
        .isPresent();
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text)).filter(number -> number >= 0);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /**
   * Adds received content.
   *
   * @throws DownloadException if the file is larger than allowed
   */
  void add(byte[] buffer, int count) throws IOException, DownloadException {
    checkSize(size + count);
    var content = ByteBuffer.wrap(buffer, 0, count);
    while (content.hasRemaining()) {
      out.write(content);
    }
    checksums.values().forEach(checksum -> checksum.update(buffer, 0, count));
    size += count;
  }

  private void checkSize(long bytes) throws DownloadException {
    if (bytes > request.maxBytes()) {
      throw new DownloadException(
          DownloadException.Kind.TOO_LARGE,
          "%s is larger than the limit of %d bytes".formatted(request.name(), request.maxBytes()));
    }
  }

  /** Forgets what was received, so that the next request is for the whole file. */
  void restart() throws IOException {
    out.truncate(0);
    out.position(0);
    size = 0;
    version = Optional.empty();
    checksums.clear();
    checksums.put(Checksum.SHA256, Digest.newMessageDigest());
    request.algorithm().ifPresent(name -> checksums.put(name, Checksum.newMessageDigest(name)));
  }

  /** Completes the download. */
  Download complete() throws IOException {
    out.close();
    var results =
        checksums.entrySet().stream()
            .map(checksum -> Checksum.of(checksum.getKey(), checksum.getValue()))
            .toList();
    return new Download(file, size, results, modified);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
