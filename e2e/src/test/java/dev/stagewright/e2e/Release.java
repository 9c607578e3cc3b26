package dev.stagewright.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What {@code e2e/release} has published in the registry of the cluster.
 *
 * @param chart reference of the chart
 * @param directory with all files
 */
record Release(Shell tools, String chart, String version, Path directory) {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  /** Publishes the image of the last build, and signs with a new key. */
  static Release publish(Environment environment, String version) {
    try {
      var tools = environment.tools();
      var directory = LocalCluster.repository().resolve("e2e/target/release").resolve(version);
      Files.createDirectories(directory);
      var key = directory.resolve("release.key").toString();
      tools.output(
          TIMEOUT, "openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key);
      var registry = environment.registry() + "/release-" + version;
      tools.output(
          TIMEOUT,
          LocalCluster.repository().resolve("e2e/release").toString(),
          registry,
          "--version",
          version,
          "--key",
          key,
          "--output",
          directory.toString(),
          "--plain-http",
          "--skip-build");
      return new Release(tools, "oci://" + registry + "/charts/stagewright", version, directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a shell command of the documentation in the directory of the files. */
  String verify(String command) {
    return tools.output(TIMEOUT, "bash", "-c", "cd " + directory + " && " + command);
  }
}
