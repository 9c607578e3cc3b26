package dev.stagewright.kubectl.cluster;

/** Files as kubectl reads them. */
final class Kubeconfigs {
  private Kubeconfigs() {}

  /** One with the context {@code here}, whose namespace is {@code team}. */
  static String of(String server) {
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
