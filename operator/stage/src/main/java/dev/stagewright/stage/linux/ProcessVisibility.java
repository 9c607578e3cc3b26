package dev.stagewright.stage.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * Hides the arguments and environment of this process in {@code /proc}. Commands may see the
 * process: {@code pgrep java} must not find it, and the environment of the Pod must not be
 * readable.
 */
public final class ProcessVisibility {
  private static final Path PROCESS = Path.of("/proc/self");
  private static final byte[] NAME = "stagewright".getBytes(StandardCharsets.US_ASCII);

  /** Variables that the C library and the JDK read at any time. */
  private static final Set<String> NEEDED = Set.of("PATH", "LC_ALL", "LOCPATH", "TZ");

  // Counted from the state, which is the first field after the name.
  private static final int ARGUMENTS_START = 45;
  private static final int ARGUMENTS_END = 46;
  private static final int ENVIRONMENT_START = 47;
  private static final int ENVIRONMENT_END = 48;

  private ProcessVisibility() {}

  /**
   * Overwrites the name, the arguments and the values of variables in the memory from which the
   * kernel reads them. The JVM already has copies.
   */
  public static void hideArguments() {
    System.getenv();
    try {
      var stat = Files.readString(PROCESS.resolve("stat"), StandardCharsets.ISO_8859_1);
      var fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
      hideArguments(memory(fields, ARGUMENTS_START, ARGUMENTS_END));
      hideEnvironment(memory(fields, ENVIRONMENT_START, ENVIRONMENT_END));
      Files.write(PROCESS.resolve("comm"), NAME);
    } catch (IOException _) {
      // The process keeps its name.
    }
  }

  private static NativeMemory memory(String[] fields, int start, int end) {
    var address = Long.parseLong(fields[start]);
    return NativeMemory.at(address, Long.parseLong(fields[end]) - address);
  }

  private static void hideArguments(NativeMemory arguments) {
    if (arguments.size() > NAME.length) {
      arguments.clear();
      arguments.put(NAME, 0, NAME.length);
    }
  }

  private static void hideEnvironment(NativeMemory environment) {
    var bytes = environment.copy(0, environment.size());
    var start = 0;
    for (var end = 0; end < bytes.length; end++) {
      if (bytes[end] == 0) {
        var variable = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        var value = variable.indexOf('=') + 1;
        if (value > 0 && !NEEDED.contains(variable.substring(0, value - 1))) {
          Arrays.fill(bytes, start + value, end, (byte) 0);
        }
        start = end + 1;
      }
    }
    environment.put(bytes, 0, bytes.length);
  }
}
