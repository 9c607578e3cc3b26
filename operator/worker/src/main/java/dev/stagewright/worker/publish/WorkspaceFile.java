package dev.stagewright.worker.publish;

import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.registry.call.Sleeper;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A JSON file that another container has written to the workspace.
 *
 * @param path the file, which appears complete
 * @param description what the file contains, to follow "cannot read", for users
 * @param sleeper waits before another attempt
 */
record WorkspaceFile(Path path, String description, Sleeper sleeper) {
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(200);

  /**
   * Reads the file. Network file systems may lose the handle of a file, so a failure is tried
   * again.
   *
   * @throws BuildFailedException if the file cannot be read, or is malformed
   */
  <T> T read(Class<T> type) throws InterruptedException {
    try {
      return Json.read(text(), type);
    } catch (IOException e) {
      throw failure(e.toString(), e);
    } catch (Json.MalformedJsonException e) {
      throw failure(String.valueOf(e.getMessage()), e);
    }
  }

  private String text() throws IOException, InterruptedException {
    for (var attempt = 1; ; attempt++) {
      try {
        return new UntrustedFile(path).text();
      } catch (NoSuchFileException e) {
        throw e;
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        sleeper.sleep(PAUSE);
      }
    }
  }

  private BuildFailedException failure(String problem, Exception cause) {
    return new BuildFailedException(
        Failure.of(
            FailureReason.Internal, "cannot read " + description + " (" + path + "): " + problem),
        cause);
  }
}
