package dev.stagewright.kubectl.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.kubectl.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/** A program that shows a recorded build, a state for each line of standard input. */
final class RecordedBuild {
  private RecordedBuild() {}

  /** The argument is a {@link ProgressMode}. */
  public static void main(String[] arguments) throws IOException {
    var mode = ProgressMode.valueOf(arguments[0]);
    var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    try (var display = ProgressDisplays.of(mode, err, Terminal.ofStandardError())) {
      for (var state : Recording.success()) {
        if (System.in.read() < 0) {
          break;
        }
        state.accept(display);
      }
    }
    System.out.println("the end");
  }
}
