package dev.stagewright.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The local cluster of the machine, {@code e2e/cluster}. It is started if necessary, and stopped
 * only if it was not running before.
 */
public final class LocalCluster implements AutoCloseable {
  private static final Duration COLD_START = Duration.ofMinutes(40);
  private static final Duration QUICK = Duration.ofMinutes(5);
  private static final int EXIT_CANNOT_RUN = 3;

  private final Shell shell = new Shell(Map.of());
  private final String script = repository().resolve("e2e/cluster").toString();
  private final boolean wasUp;

  private LocalCluster() {
    wasUp = shell.run(QUICK, List.of(script, "status")).exitCode() == 0;
  }

  /**
   * Starts the cluster, with base images in its registry. If the machine cannot run it, tests are
   * skipped with the reason; with {@code CI=true}, they fail.
   */
  static LocalCluster up() {
    var cluster = new LocalCluster();
    var up = cluster.shell.run(COLD_START, List.of(cluster.script, "up"));
    if (up.exitCode() == EXIT_CANNOT_RUN && !"true".equals(System.getenv("CI"))) {
      System.out.println("End-to-end tests are skipped: " + up.output().strip());
      Assumptions.abort(up.output().strip());
    }
    if (up.exitCode() != 0) {
      throw new AssertionError("e2e/cluster up ended with " + up.exitCode() + ":\n" + up.output());
    }
    cluster.shell.output(COLD_START, repository().resolve("e2e/images").toString());
    return cluster;
  }

  /** The root of the repository. */
  public static Path repository() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("e2e/cluster"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException(
            "not inside the repository: " + Path.of("").toAbsolutePath());
      }
    }
    return folder;
  }

  /** Adds nodes until the cluster has at least this number; existing nodes are not changed. */
  void ensureNodes(int nodes) {
    shell.output(COLD_START, script, "up", "--nodes", Integer.toString(nodes));
  }

  /** Cuts the power of a node without notice to the API server. Not supported for node 0. */
  void stopNode(int node) {
    shell.output(QUICK, script, "node", Integer.toString(node), "stop");
  }

  /** Starts a stopped node. */
  void startNode(int node) {
    shell.output(QUICK, script, "node", Integer.toString(node), "start");
  }

  /** Lets the nodes pull by HTTPS from a registry with a private certificate. */
  void trust(String host, Path certificate) {
    shell.output(QUICK, script, "trust", host, certificate.toString());
  }

  /** Kills the API server, like a crash; it is not restarted automatically. */
  void stopApiServer() {
    shell.output(QUICK, script, "apiserver", "stop");
  }

  /** Starts the API server and waits until it responds. */
  void startApiServer() {
    shell.output(QUICK, script, "apiserver", "start");
  }

  Path kubeconfig() {
    return Path.of(shell.output(QUICK, script, "kubeconfig"));
  }

  /** Host and port of the registry, the same for the host and for Pods. */
  String registry() {
    return shell.output(QUICK, script, "registry");
  }

  /** A shell with kubectl, helm, and crane, whose kubectl uses this cluster. */
  Shell tools() {
    var bin = shell.output(QUICK, script, "bin");
    return new Shell(
        Map.of("PATH", bin + ":" + System.getenv("PATH"), "KUBECONFIG", kubeconfig().toString()));
  }

  @Override
  public void close() {
    if (!wasUp) {
      shell.output(QUICK, script, "down");
    }
  }
}
