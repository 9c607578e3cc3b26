package dev.stagewright.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The machine's own cluster, {@code e2e/cluster}: brought up if need be, and left as found. */
public final class LocalCluster implements AutoCloseable {
  private static final Duration COLD_START = Duration.ofMinutes(40);
  private static final Duration QUICK = Duration.ofMinutes(2);
  private static final int CANNOT_RUN_HERE = 3;

  private final Shell shell = new Shell(Map.of());
  private final String script = repository().resolve("e2e/cluster").toString();
  private final boolean wasUp;

  private LocalCluster() {
    wasUp = shell.run(QUICK, List.of(script, "status")).exitCode() == 0;
  }

  /**
   * Brings the cluster up, with base images in its registry. Where the machine can't run it, tests
   * are skipped with the reason, but under {@code CI=true} they fail.
   */
  static LocalCluster up() {
    var cluster = new LocalCluster();
    var up = cluster.shell.run(COLD_START, List.of(cluster.script, "up"));
    if (up.exitCode() == CANNOT_RUN_HERE && !"true".equals(System.getenv("CI"))) {
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

  /** Has at least this many nodes run; those that there are go on. */
  void grow(int nodes) {
    shell.output(COLD_START, script, "up", "--nodes", Integer.toString(nodes));
  }

  /** Cuts the power of a node, which nobody tells the API server. Not that of node 0. */
  void stopNode(int node) {
    shell.output(QUICK, script, "node", Integer.toString(node), "stop");
  }

  /** Brings a node back that was stopped. */
  void startNode(int node) {
    shell.output(QUICK, script, "node", Integer.toString(node), "start");
  }

  /** Lets the nodes pull from a registry by https whose certificate nobody else vouches for. */
  void trust(String host, Path certificate) {
    shell.output(QUICK, script, "trust", host, certificate.toString());
  }

  /** Kills the API server, as a crash does; nobody starts it again by himself. */
  void stopApiServer() {
    shell.output(QUICK, script, "apiserver", "stop");
  }

  /** Brings it back, and waits until it answers. */
  void startApiServer() {
    shell.output(QUICK, script, "apiserver", "start");
  }

  Path kubeconfig() {
    return Path.of(shell.output(QUICK, script, "kubeconfig"));
  }

  /** The registry's host and port, the same for the host and for Pods. */
  String registry() {
    return shell.output(QUICK, script, "registry");
  }

  /** A shell that finds kubectl, helm and crane, and whose kubectl talks to this cluster. */
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
