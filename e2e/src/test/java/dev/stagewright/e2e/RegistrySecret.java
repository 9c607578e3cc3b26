package dev.stagewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;

/**
 * An account at a registry.
 *
 * @param host with its port
 */
record RegistrySecret(String host, String user, String password) {

  /** A Secret as {@code docker login} would make it. */
  String secret(String name) {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: %s}
    type: kubernetes.io/dockerconfigjson
    stringData:
      .dockerconfigjson: '{"auths": {"%s": {"auth": "%s"}}}'
    """
        .formatted(name, host, auth());
  }

  /** Texts that nobody may find but who may read Secrets. */
  List<String> telling() {
    return List.of(password, auth());
  }

  private String auth() {
    return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }
}
