package dev.stagewright.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** The command line, installed as a kubectl plugin. */
record CommandLine(Shell shell, String namespace) {
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
    return new CommandLine(new Shell(environment), namespace.name());
  }

  /** Runs {@code kubectl stagewright}; the result has standard output and standard error. */
  Shell.Result run(String... arguments) {
    var line = new ArrayList<>(List.of("kubectl", "stagewright"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("-n", namespace));
    return shell.run(LONG, line);
  }
}
