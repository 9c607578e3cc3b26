package dev.stagewright.kubectl.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cluster in the same way as kubectl: {@code --kubeconfig}, else {@code KUBECONFIG}, else
 * {@code ~/.kube/config}, else the service account of the Pod.
 *
 * @param kubeconfig file from the command line
 * @param context context from the command line; empty for the current context
 */
public record ClientConfig(Optional<Path> kubeconfig, Optional<String> context) {
  /** The DER form of 1.2.840.10045.2.1, the object identifier of elliptic curve keys. */
  private static final byte[] EC_KEY_OID = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2
  };

  /** Few retries, from 100 ms with exponential backoff, because a user waits for the result. */
  private static final int MAX_RETRIES = 3;

  /**
   * Creates a client without sending a request.
   *
   * @throws ClusterException if the file or the context does not exist
   */
  public KubernetesClient createClient() throws ClusterException {
    var config = loadConfig();
    var key = Optional.ofNullable(config.getClientKeyData()).orElse("");
    if (isEcKey(key)) {
      // The client library takes every PKCS #8 key for an RSA key.
      config.setClientKeyAlgo("EC");
    }
    config.setRequestRetryBackoffLimit(MAX_RETRIES);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(new KubernetesSerialization(lenientMapper(), true))
        .build();
  }

  /** Ignores unknown fields, because the operator may be newer than this program. */
  private static ObjectMapper lenientMapper() {
    return JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  }

  private Config loadConfig() throws ClusterException {
    if (kubeconfig.isPresent() && !Files.isReadable(kubeconfig.get())) {
      throw new ClusterException("cannot read the kubeconfig " + kubeconfig.get());
    }
    @Nullable String contextName = context.orElse(null);
    var config =
        kubeconfig.isPresent()
            ? Config.fromKubeconfig(contextName, kubeconfig.get().toFile())
            : Config.autoConfigure(contextName);
    var current = config.getCurrentContext();
    if (contextName != null && (current == null || !contextName.equals(current.getName()))) {
      throw new ClusterException(
          "no context "
              + contextName
              + " in the kubeconfig; kubectl config get-contexts lists the contexts");
    }
    if (current == null && !isInPod()) {
      throw new ClusterException(missingContext());
    }
    return config;
  }

  private String missingContext() {
    var file =
        kubeconfig
            .map(Path::toString)
            .or(() -> Optional.ofNullable(System.getenv("KUBECONFIG")).filter(it -> !it.isBlank()));
    return file.map(it -> "the kubeconfig " + it + " does not exist or has no current context")
            .orElse("no kubeconfig with a current context")
        + "; set the file with --kubeconfig or the environment variable KUBECONFIG, and the context"
        + " with --context";
  }

  private static boolean isInPod() {
    return System.getenv("KUBERNETES_SERVICE_HOST") != null;
  }

  private static boolean isEcKey(String keyData) {
    try {
      var pem = new String(Base64.getDecoder().decode(keyData), ISO_8859_1);
      if (!pem.contains("BEGIN PRIVATE KEY")) {
        return false;
      }
      var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
      return new String(der, ISO_8859_1).contains(new String(EC_KEY_OID, ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
