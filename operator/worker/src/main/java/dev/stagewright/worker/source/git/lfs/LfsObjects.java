package dev.stagewright.worker.source.git.lfs;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The content of pointers of one repository, fetched when it is first read. */
public final class LfsObjects implements AutoCloseable {
  /** Objects of one request to the batch API. */
  private static final int BATCH = 100;

  private static final int BUFFER = 1 << 16;

  private final LfsConnector connector;
  private final Path directory;
  private final Map<String, LfsPointer> expected = new LinkedHashMap<>();
  private final Map<String, LfsApi.Answer> answers = new HashMap<>();
  private Optional<LfsConnection> connection = Optional.empty();

  /**
   * Creates the objects.
   *
   * @param connector connects to the server when the first object is read
   * @param directory the directory for the content, created when required
   */
  public LfsObjects(LfsConnector connector, Path directory) {
    this.connector = connector;
    this.directory = directory;
  }

  /** Announces that a pointer will probably be read, so that one request can be for many. */
  public void expect(LfsPointer pointer) {
    expected.put(pointer.oid(), pointer);
  }

  /**
   * Opens the content of a pointer.
   *
   * @param path the path of the file, for messages
   * @throws BuildFailedException if the content cannot be fetched, or is not that of the pointer
   */
  public InputStream open(LfsPointer pointer, String path) throws IOException {
    if (pointer.size() == 0) {
      return InputStream.nullInputStream();
    }
    var file = directory.resolve(pointer.oid());
    if (!Files.exists(file)) {
      Files.createDirectories(directory);
      fetch(pointer, path, file);
    }
    return Files.newInputStream(file);
  }

  private void fetch(LfsPointer pointer, String path, Path file) throws IOException {
    var part = directory.resolve(pointer.oid() + ".part");
    try {
      switch (answer(pointer)) {
        case LfsApi.Answer.Download(var location) ->
            connection()
                .http()
                .send("GET", location, Content.EMPTY, response -> receive(pointer, response, part));
        case LfsApi.Answer.Failed(var failure) -> throw failure;
      }
      Files.move(part, file);
    } catch (LfsException e) {
      throw new BuildFailedException(
          Failure.of(e.reason(), "the Git LFS content of " + path + " " + e.getMessage()), e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private LfsApi.Answer answer(LfsPointer pointer) throws LfsException, IOException {
    if (!answers.containsKey(pointer.oid())) {
      var batch = new LinkedHashMap<String, LfsPointer>();
      batch.put(pointer.oid(), pointer);
      for (var other : new ArrayList<>(expected.values())) {
        if (batch.size() < BATCH && !answers.containsKey(other.oid())) {
          batch.put(other.oid(), other);
        }
      }
      answers.putAll(connection().api().locations(batch.values()));
    }
    // An address is valid for some time only.
    return Optional.ofNullable(answers.remove(pointer.oid()))
        .orElseThrow(() ->
            new LfsException(
                FailureReason.SourceUnavailable,
                "cannot be fetched: the Git LFS server does not answer for it"));
  }

  private LfsConnection connection() throws IOException {
    if (connection.isEmpty()) {
      connection = Optional.of(connector.connect());
    }
    return connection.get();
  }

  /** A server cannot send more than the pointer announces. */
  private static Path receive(LfsPointer pointer, Response response, Path file)
      throws IOException, LfsException {
    var sha256 = Digest.newMessageDigest();
    var size = 0L;
    var buffer = new byte[BUFFER];
    try (var out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
      for (var count = response.body().read(buffer);
          count >= 0 && size <= pointer.size();
          count = response.body().read(buffer)) {
        out.write(buffer, 0, count);
        size += count;
      }
    }
    var digest = Digest.of(sha256).hex();
    if (size != pointer.size() || !digest.equals(pointer.oid())) {
      throw new LfsException(
          FailureReason.ChecksumMismatch,
          size != pointer.size()
              ? "has another size than the pointer says, " + pointer.size() + " bytes"
              : "has the SHA-256 " + digest + ", but the pointer says " + pointer.oid());
    }
    return file;
  }

  @Override
  public void close() {
    connection.ifPresent(LfsConnection::close);
  }
}
