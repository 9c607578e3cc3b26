package dev.stagewright.stage;

import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the termination message. */
final class LastWords {
  private final Path file;

  LastWords(Path file) {
    this.file = file;
  }

  void write(Termination words) throws IOException {
    Files.write(file, TerminationMessage.encode(words));
  }
}
