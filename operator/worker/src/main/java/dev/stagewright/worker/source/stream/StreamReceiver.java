package dev.stagewright.worker.source.stream;

import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.MalformedTarException;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.ReceivedSource;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.protocol.stream.SourceStreamException;
import dev.stagewright.protocol.stream.SourceStreamReader;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.DirectoryTree;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.source.SourceTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Receives a source from a client.
 *
 * @param source what the request says about the stream
 * @param folder for the files until the source is closed
 * @param log of prepare
 */
public record StreamReceiver(SourceRequest.Stream source, Path folder, Log log) {

  /**
   * Receives the source.
   *
   * @param input of the container
   * @throws BuildFailedException if no client sends data in time, or the data is not a complete
   *     source
   */
  public SourceTree receive(InputStream input) throws IOException {
    log.print("waiting for a client to send the source");
    var timed = new TimedInput(input, timeout());
    try {
      return receiveFrom(timed);
    } catch (TimedInput.TimeoutException e) {
      throw new BuildFailedException(
          timed.hasData() ? broken("no more data came for " + duration()) : notReceived(), e);
    } catch (SourceStreamException | MalformedTarException e) {
      throw new BuildFailedException(
          timed.hasData() ? broken(String.valueOf(e.getMessage())) : disconnected(), e);
    }
  }

  private SourceTree receiveFrom(InputStream input) throws IOException {
    new DirectoryTree(folder).delete();
    Files.createDirectories(folder);
    var files = new StreamedFiles();
    var stream = new SourceStreamReader(input);
    var tar = folder.resolve(Workspace.TAR);
    var index = folder.resolve(Workspace.INDEX);
    try (var writer = new IndexedTarWriter(tar, index);
        var reader = new TarReader(new BufferedInputStream(stream))) {
      for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        checkSize(stream.size() + entry.get().size());
        writer.put(files.check(entry.get()), reader.content());
      }
      // The digest of the archive follows its last byte.
      stream.transferTo(OutputStream.nullOutputStream());
      files.finish();
      writer.finish();
    }
    var received = new ReceivedSource(stream.size(), files.count());
    log.print(
        "received %d files and directories, %s"
            .formatted(received.files(), new ByteCount(received.bytes())));
    log.frame(LogFrame.Kind.SOURCE, Json.write(received));
    return new StreamedTree(
        folder, IndexedTar.open(tar, index), files, stream.header().dockerfile());
  }

  private void checkSize(long bytes) {
    source
        .maxBytes()
        .filter(limit -> bytes > limit)
        .ifPresent(limit -> {
          throw new BuildFailedException(
              Failure.of(
                  FailureReason.SourceTooLarge,
                  ("the source is larger than spec.source.stream.maxSize, %s; exclude files with a"
                          + " .dockerignore file, or increase maxSize")
                      .formatted(new ByteCount(limit))));
        });
  }

  private Duration timeout() {
    return Duration.ofSeconds(source.timeoutSeconds());
  }

  private String duration() {
    return source.timeoutSeconds() + " seconds";
  }

  private Failure notReceived() {
    return Failure.of(
        FailureReason.SourceNotReceived,
        ("no client sent the source within spec.source.stream.timeout, %s; `stagewright build`"
                + " sends it")
            .formatted(duration()));
  }

  private static Failure disconnected() {
    return Failure.of(
        FailureReason.SourceStreamBroken,
        "the client disconnected before it sent the source; run the build again");
  }

  private static Failure broken(String problem) {
    return Failure.of(
        FailureReason.SourceStreamBroken,
        "the stream of the source is not complete: " + problem + "; run the build again");
  }
}
