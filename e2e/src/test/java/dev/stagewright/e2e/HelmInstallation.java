package dev.stagewright.e2e;

import java.time.Duration;

/**
 * The operator as the Helm chart installs it, with two replicas and an init container for the
 * runtime.
 */
record HelmInstallation(Shell tools, String operatorName, String namespace)
    implements Installation {
  private static final Duration QUICK = Duration.ofMinutes(6);

  static HelmInstallation install(Shell tools, String registry, OperatorImage image, String name) {
    tools.output(
        QUICK,
        "helm",
        "install",
        name,
        LocalCluster.repository().resolve("charts/stagewright").toString(),
        "--namespace=" + name,
        "--create-namespace",
        "--skip-crds",
        "--wait",
        "--timeout=300s",
        "--set=image.repository=" + image.repository(),
        "--set=image.digest=" + image.digest(),
        "--set=replicas=2",
        "--set=config.operatorName=" + name,
        "--set=config.runtimeInjection=initContainer",
        "--set=config.registries[0].host=" + registry,
        "--set=config.registries[0].plainHttp=true",
        "--set=config.registries[1].host=docker.io",
        "--set=config.registries[1].mirror=" + registry);
    return new HelmInstallation(tools, name, name);
  }

  /** The Lease with the name of the leader. */
  String lease() {
    return operatorName + "-stagewright";
  }

  @Override
  public void close() {
    tools.output(QUICK, "helm", "uninstall", operatorName, "--namespace=" + namespace);
    tools.output(QUICK, "kubectl", "delete", "namespace", namespace, "--wait=false");
  }
}
