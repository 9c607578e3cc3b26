package dev.stagewright.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs on this machine. */
public record Shell(Map<String, String> environment) {

  /** The result of a program. */
  public record Result(int exitCode, String output) {}

  /** Runs a program until it exits; the output includes standard error. */
  public Result run(Duration timeout, List<String> command) {
    try {
      var log = Files.createTempFile("e2e-", ".log");
      try {
        return run(timeout, command, log);
      } finally {
        Files.delete(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }

  /** Starts a program that writes its output to a file, without waiting for it. */
  Process start(Path log, String... command) throws IOException {
    // env looks the program up in the PATH of this environment; the JDK would use its own PATH.
    var line = new ArrayList<>(List.of("env"));
    line.addAll(List.of(command));
    var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Result run(Duration timeout, List<String> command, Path log)
      throws IOException, InterruptedException {
    var process = start(log, command.toArray(String[]::new));
    process.getOutputStream().close();
    if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new AssertionError(command + " did not end within " + timeout + ":\n" + read(log));
    }
    return new Result(process.exitValue(), read(log));
  }

  private static String read(Path log) throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
  }

  /** Runs a program that must succeed; returns its output without the last line break. */
  public String output(Duration timeout, String... command) {
    var result = run(timeout, List.of(command));
    if (result.exitCode() != 0) {
      throw new AssertionError(
          String.join(" ", command) + " ended with " + result.exitCode() + ":\n" + result.output());
    }
    return result.output().stripTrailing();
  }
}
