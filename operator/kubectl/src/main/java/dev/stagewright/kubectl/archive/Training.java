package dev.stagewright.kubectl.archive;

import dev.stagewright.kubectl.StagewrightCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that uses the commands, so that the JVM records the classes that they load. It uses no
 * network: an API server with one build answers on the loopback interface.
 */
public final class Training {
  private Training() {}

  /** Runs the commands and discards their output. */
  public static void main(String[] arguments) throws IOException {
    var out = System.out;
    var err = System.err;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    var folder = Files.createTempDirectory("stagewright-training");
    try (var server = new TrainingServer()) {
      var kubeconfig = Files.writeString(folder.resolve("config"), server.kubeconfig());
      var dockerfile =
          Files.writeString(
              folder.resolve("Dockerfile"),
              "FROM scratch AS a\nCOPY . /\nFROM scratch\nCOPY --from=a /b /b\n");
      commands(kubeconfig, dockerfile).forEach(Training::run);
    } finally {
      System.setOut(out);
      System.setErr(err);
      for (var name : List.of("config", "Dockerfile", "")) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  private static List<List<String>> commands(Path kubeconfig, Path dockerfile) {
    var cluster = List.of("--kubeconfig", kubeconfig.toString());
    return List.of(
        List.of("--help"),
        List.of("--version"),
        List.of("logs", "--help"),
        List.of("lint", dockerfile.toString()),
        List.of("plan", dockerfile.toString()),
        with(cluster, "get"),
        with(cluster, "get", "hello"),
        with(cluster, "why", "hello"),
        with(cluster, "logs", "hello", "-f"),
        with(cluster, "wait", "hello"),
        with(cluster, "retry", "hello", "--progress", "plain"));
  }

  private static List<String> with(List<String> options, String... arguments) {
    return Stream.concat(Stream.of(arguments), options.stream()).toList();
  }

  private static void run(List<String> arguments) {
    var exitCode =
        StagewrightCommand.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(
                new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true))
            .execute(arguments.toArray(String[]::new));
    // Findings of lint are no failure.
    if (exitCode > 1) {
      throw new IllegalStateException(arguments + " ended with " + exitCode);
    }
  }
}
