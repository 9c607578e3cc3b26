package dev.stagewright.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The command line, installed as a kubectl plugin. */
record CommandLine(Shell shell, String namespace, Path folder) {
  private static final Duration LONG = Duration.ofMinutes(5);

  static CommandLine install(TestNamespace namespace, Path folder) {
    var kubectl = LocalCluster.repository().resolve("operator/kubectl");
    try {
      Files.createSymbolicLink(
          folder.resolve("kubectl-stagewright"), kubectl.resolve("stagewright"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var environment = new HashMap<>(namespace.environment().tools().environment());
    environment.merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
    environment.put("STAGEWRIGHT_JAR", kubectl.resolve("target/stagewright.jar").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LC_ALL", "C.UTF-8");
    return new CommandLine(new Shell(environment), namespace.name(), folder);
  }

  /** Runs {@code kubectl stagewright}; the result has standard output and standard error. */
  Shell.Result run(String... arguments) {
    return shell.run(LONG, line(arguments));
  }

  /** Runs {@code kubectl stagewright} with this text on standard input. */
  Shell.Result runWithInput(String input, String... arguments) {
    var line = line(arguments);
    line.addAll(0, List.of("sh", "-c", "printf %s \"$0\" | \"$@\"", input));
    return shell.run(LONG, line);
  }

  /** Starts {@code kubectl stagewright} without waiting for its end. */
  Started start(String... arguments) {
    try {
      var log = Files.createTempFile(folder, "output-", ".log");
      var line = line(arguments);
      // A test in the background of a shell ignores SIGINT, and so would its children.
      line.addFirst("--default-signal=INT");
      return new Started(shell.start(log, line.toArray(String[]::new)), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> line(String... arguments) {
    var line = new ArrayList<>(List.of("kubectl", "stagewright"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("-n", namespace));
    return line;
  }

  /**
   * A command that may still run.
   *
   * @param log its standard output and standard error so far
   */
  record Started(Process process, Path log) {
    /** Waits until the output contains a match of a regular expression. */
    void awaitOutput(String regex) {
      var pattern = Pattern.compile(regex);
      Awaitility.await().atMost(LONG).until(() -> pattern.matcher(Files.readString(log)).find());
    }

    /** Waits for the end of the command. */
    Shell.Result await() throws IOException {
      var exitCode =
          process.onExit().orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join().exitValue();
      return new Shell.Result(exitCode, Files.readString(log));
    }
  }
}
