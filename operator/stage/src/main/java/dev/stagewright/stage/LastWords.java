package dev.stagewright.stage;

import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the termination message, cut to what Kubernetes keeps of it. */
final class LastWords {
  /** Bytes of a termination message that Kubernetes keeps. */
  static final int LIMIT = 4096;

  private static final String CUT = " … (cut)";

  private final Path file;

  LastWords(Path file) {
    this.file = file;
  }

  void write(Termination words) throws IOException {
    Files.write(file, fit(words));
  }

  static byte[] fit(Termination words) {
    var bytes = Json.write((Record) words).getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LIMIT && words instanceof Termination.Failed(var failure, _)) {
      // Half as long each time: escapes and characters of several bytes defy a better guess.
      return fit(new Termination.Failed(shortened(failure)));
    }
    return bytes;
  }

  private static Failure shortened(Failure failure) {
    var text = failure.message();
    var kept = text.endsWith(CUT) ? text.length() - CUT.length() : text.length();
    return new Failure(
        failure.reason(),
        text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, kept) * 3 / 4)) + CUT,
        failure.stage(),
        failure.position(),
        failure.exitCode());
  }
}
