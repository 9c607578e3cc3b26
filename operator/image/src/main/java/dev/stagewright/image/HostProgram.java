package dev.stagewright.image;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of the build machine.
 *
 * @param command its name or path, and its arguments
 */
record HostProgram(List<String> command) {
  private static final int TIMEOUT_MINUTES = 5;

  static HostProgram of(Object... command) {
    return new HostProgram(Arrays.stream(command).map(Object::toString).toList());
  }

  /**
   * Runs it to its end.
   *
   * @return what it printed
   * @throws IOException if it is not there, fails, or does not end
   */
  String run() throws IOException, InterruptedException {
    // To a file: who reads a pipe to its end waits as long as the program likes.
    var printed = Files.createTempFile("program", ".log");
    var builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(printed.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    var process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("does not end: " + String.join(" ", command));
      }
      var output = Files.readString(printed);
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s%nexited with %d:%n%s"
                .formatted(String.join(" ", command), process.exitValue(), output));
      }
      return output;
    } finally {
      process.destroyForcibly();
      Files.delete(printed);
    }
  }
}
