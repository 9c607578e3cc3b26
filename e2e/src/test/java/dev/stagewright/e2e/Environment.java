package dev.stagewright.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What all tests of a run share: the cluster, and two operators of this run's own on it. One is
 * installed by kustomize and lets the cluster choose how the runtime comes into a stage's Pod, the
 * other is installed by Helm, once a test asks for it, and always uses an init container.
 */
public final class Environment implements AutoCloseable {
  private final LocalCluster cluster;
  private final KubernetesClient client;
  private final Shell tools;
  private final String registry;
  private final String run = randomId();
  private final OperatorImage image;
  private final Installation byKustomize;
  private @Nullable HelmInstallation byHelm;

  private Environment(LocalCluster cluster) {
    this.cluster = cluster;
    this.tools = cluster.tools();
    this.registry = cluster.registry();
    this.client = client(cluster);
    this.image = OperatorImage.publish(tools, registry);
    this.byKustomize = KustomizeInstallation.install(tools, registry, image, "e2e-k-" + run);
  }

  static Environment start() {
    return new Environment(LocalCluster.up());
  }

  private static KubernetesClient client(LocalCluster cluster) {
    try {
      var config = Config.fromKubeconfig(Files.readString(cluster.kubeconfig()));
      // The cluster's keys are of elliptic curves, which the client does not find out itself.
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

  /** The machine's cluster itself, for tests that need more of it, or less. */
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

  /** The registry's host, an address of this machine that Pods can reach. */
  String host() {
    return registry.substring(0, registry.indexOf(':'));
  }

  /** The operator that most tests use. */
  public Installation operator() {
    return byKustomize;
  }

  /** The operator that brings the runtime in by an init container. */
  synchronized HelmInstallation operatorWithInitContainer() {
    var known = byHelm;
    if (known == null) {
      known = HelmInstallation.install(tools, registry, image, "e2e-h-" + run);
      byHelm = known;
    }
    return known;
  }

  /**
   * Installs one more operator by kustomize, for who called to close.
   *
   * @param settings further properties of its configuration, in YAML
   */
  Installation operatorWith(String settings) {
    return anotherOperator(settings, "");
  }

  /**
   * The same.
   *
   * @param registries further entries of its table, in YAML
   */
  Installation operatorWithRegistries(String registries) {
    return anotherOperator("", registries);
  }

  private Installation anotherOperator(String settings, String registries) {
    var name = "e2e-" + randomId() + "-" + run;
    return KustomizeInstallation.install(tools, registry, image, name, settings, registries);
  }

  @Override
  public synchronized void close() {
    if (byHelm != null) {
      byHelm.close();
    }
    byKustomize.close();
    client.close();
    cluster.close();
  }
}
