package dev.stagewright.bench.compare.builder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs programs in a cgroup of their own, so that their processor time is known.
 *
 * @param cgroup cgroup of the processes
 * @param environment variables in addition to those of this process
 */
public record Command(Path cgroup, Map<String, String> environment) {
  /** Joins the cgroup and becomes the program in the other arguments. */
  private static final String JOIN = "echo $$ >\"$0/cgroup.procs\" && exec \"$@\"";

  /** Runs a program to its end and returns its output. */
  public String run(List<String> arguments) throws IOException, InterruptedException {
    return start(arguments).await();
  }

  /** Starts a program. */
  Running start(List<String> arguments) throws IOException {
    var log = Files.createTempFile("compare-", ".log");
    var line = new ArrayList<>(List.of("sh", "-c", JOIN, cgroup.toString()));
    line.addAll(arguments);
    var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new Running(builder.start(), log, String.join(" ", arguments));
  }

  /** A started program. */
  record Running(Process process, Path log, String line) {

    /** Waits for the end of the program and returns its output. */
    String await() throws IOException, InterruptedException {
      try {
        var code = process.waitFor();
        var output = Files.readString(log, StandardCharsets.ISO_8859_1).strip();
        if (code != 0) {
          throw new IOException(line + " ended with " + code + ":\n" + output);
        }
        return output;
      } finally {
        process.destroy();
        Files.deleteIfExists(log);
      }
    }
  }
}
