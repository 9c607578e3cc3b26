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
   * Runs the program to its end.
   *
   * @return the output
   * @throws IOException if the program is missing, fails, or does not end in time
   */
  String run() throws IOException, InterruptedException {
    // The output goes to a file: reading a pipe to its end could take as long as the program runs.
    var outputFile = Files.createTempFile("program", ".log");
    var builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(outputFile.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    var process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("the program does not end: " + String.join(" ", command));
      }
      var output = Files.readString(outputFile);
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s%nexited with %d:%n%s"
                .formatted(String.join(" ", command), process.exitValue(), output));
      }
      return output;
    } finally {
      process.destroyForcibly();
      Files.delete(outputFile);
    }
  }
}
