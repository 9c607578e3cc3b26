package dev.stagewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;

/**
 * An account of a registry.
 *
 * @param host host and port of the registry
 */
record RegistrySecret(String host, String user, String password) {

  /** A Secret in the format of {@code docker login}. */
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

  /** Texts that only users with permission for Secrets may see. */
  List<String> secretTexts() {
    return List.of(password, auth());
  }

  private String auth() {
    return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }
}
