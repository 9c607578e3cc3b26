package dev.stagewright.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of the build machine.
 *
 * @param command its name or path, and its arguments
 */
record Program(List<String> command) {
  private static final int TIMEOUT_MINUTES = 5;

  static Program of(Object... command) {
    return new Program(Arrays.stream(command).map(Object::toString).toList());
  }

  /**
   * Runs it to its end.
   *
   * @return what it printed
   * @throws IOException if it is not there, fails, or does not end
   */
  String run() throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    var process = builder.start();
    try {
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("does not end: " + String.join(" ", command));
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s%nexited with %d:%n%s"
                .formatted(String.join(" ", command), process.exitValue(), output));
      }
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
