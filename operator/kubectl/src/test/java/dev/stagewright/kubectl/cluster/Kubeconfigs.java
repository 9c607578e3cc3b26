package dev.stagewright.kubectl.cluster;

/** Kubeconfig files for tests. */
public final class Kubeconfigs {
  private Kubeconfigs() {}

  /** A kubeconfig with the current context {@code here} and its namespace {@code team}. */
  public static String of(String server) {
    return """
    apiVersion: v1
    kind: Config
    current-context: here
    clusters: [{name: c, cluster: {server: '%s'}}]
    users: [{name: u, user: {token: t}}]
    contexts:
    - {name: here, context: {cluster: c, user: u, namespace: team}}
    - {name: there, context: {cluster: c, user: u, namespace: other}}
    """
        .formatted(server);
  }
}
