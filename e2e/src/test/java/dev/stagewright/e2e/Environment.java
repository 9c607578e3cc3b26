package dev.stagewright.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The resources that all tests of a run share: the cluster, and two operators in it. One operator
 * is installed by kustomize, and the features of the cluster determine how its stage Pods get the
 * runtime. The other one is installed by Helm when a test first uses it, and always uses an init
 * container.
 */
public final class Environment implements AutoCloseable {
  private static final Duration QUICK = Duration.ofMinutes(1);

  private final LocalCluster cluster;
  private final KubernetesClient client;
  private final Shell tools;
  private final String registry;
  private final String run = randomId();
  private final OperatorImage image;
  private final Installation byKustomize;
  private final Latches latches;
  private @Nullable HelmInstallation byHelm;

  private Environment(LocalCluster cluster) {
    this.cluster = cluster;
    this.tools = cluster.tools();
    this.registry = cluster.registry();
    this.client = client(cluster);
    Nodes.taintExisting(client);
    this.image = OperatorImage.publish(tools, registry);
    this.latches = Latches.start(host());
    this.byKustomize = KustomizeInstallation.install(tools, registry, image, "e2e-k-" + run);
  }

  static Environment start() {
    return new Environment(LocalCluster.up());
  }

  private static KubernetesClient client(LocalCluster cluster) {
    try {
      var config = Config.fromKubeconfig(Files.readString(cluster.kubeconfig()));
      // The keys of the cluster are EC keys, which the client does not detect.
      config.setClientKeyAlgo("EC");
      return new KubernetesClientBuilder().withConfig(config).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String randomId() {
    var bytes = new byte[3];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The local cluster, for tests that add or stop parts of it. */
  LocalCluster cluster() {
    return cluster;
  }

  public KubernetesClient client() {
    return client;
  }

  public Shell tools() {
    return tools;
  }

  public String registry() {
    return registry;
  }

  /** The host of the registry, an address of this machine that Pods can reach. */
  String host() {
    return registry.substring(0, registry.indexOf(':'));
  }

  Latches latches() {
    return latches;
  }

  /** The operator that most tests use. */
  public Installation operator() {
    return byKustomize;
  }

  /** The operator that uses an init container for the runtime. */
  synchronized HelmInstallation operatorWithInitContainer() {
    var installed = byHelm;
    if (installed == null) {
      installed = HelmInstallation.install(tools, registry, image, "e2e-h-" + run);
      byHelm = installed;
    }
    return installed;
  }

  /**
   * Installs another operator by kustomize. The caller must close it.
   *
   * @param settings additional properties of its configuration, in YAML
   */
  Installation operatorWith(String settings) {
    return anotherOperator(settings, "");
  }

  /**
   * Installs another operator by kustomize. The caller must close it.
   *
   * @param registries additional entries of its table of registries, in YAML
   */
  Installation operatorWithRegistries(String registries) {
    return anotherOperator("", registries);
  }

  private Installation anotherOperator(String settings, String registries) {
    var name = "e2e-" + randomId() + "-" + run;
    return KustomizeInstallation.install(tools, registry, image, name, settings, registries);
  }

  /** The Pods and the logs of all operators, and the nodes, for the output of a failed test. */
  String describeOperators() {
    var label = "app.kubernetes.io/name=stagewright";
    return Stream.of(
            List.of("get", "nodes", "-o", "wide"),
            List.of("get", "pods", "-A", "-l", label, "-o", "wide"),
            List.of("logs", "-n", byKustomize.namespace(), "-l", label, "--tail=40"),
            List.of("logs", "-n", byKustomize.namespace(), "-l", label, "--tail=80", "--previous"))
        .map(arguments -> Stream.concat(Stream.of("kubectl"), arguments.stream()).toList())
        .map(line -> String.join(" ", line) + "\n" + tools.run(QUICK, line).output())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public synchronized void close() {
    if (byHelm != null) {
      byHelm.close();
    }
    byKustomize.close();
    latches.close();
    Nodes.untaint(client);
    client.close();
    cluster.close();
  }
}
