package dev.stagewright.kubectl.progress;

import dev.stagewright.kubectl.terminal.Terminal;
import java.io.IOException;

/** A program that shows a recorded build, a state for each line of standard input. */
final class RecordedBuild {
  private RecordedBuild() {}

  /** The argument is a {@link ProgressMode}. */
  public static void main(String[] arguments) throws IOException {
    var mode = ProgressMode.valueOf(arguments[0]);
    try (var display = ProgressDisplays.of(mode, System.err, Terminal.ofStandardError())) {
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
