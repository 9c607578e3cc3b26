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
 * Which cluster, as kubectl finds it: {@code --kubeconfig}, else {@code KUBECONFIG}, else {@code
 * ~/.kube/config}, else the service account of the Pod.
 *
 * @param kubeconfig the file that was named
 * @param context the context that was named; empty means the current one
 */
public record Connection(Optional<Path> kubeconfig, Optional<String> context) {
  /** 1.2.840.10045.2.1, the object identifier of elliptic curves' keys, in DER. */
  private static final byte[] EC_KEY = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2};

  /** Each takes twice as long as the one before, from 100 ms on: people wait for it. */
  private static final int RETRIES = 3;

  /**
   * A client; nothing has been asked yet.
   *
   * @throws ClusterException if the file or the context is not there
   */
  public KubernetesClient open() throws ClusterException {
    var config = config();
    var key = Optional.ofNullable(config.getClientKeyData()).orElse("");
    if (isOnCurve(key)) {
      // The client takes every key in PKCS #8 for one of RSA.
      config.setClientKeyAlgo("EC");
    }
    config.setRequestRetryBackoffLimit(RETRIES);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(new KubernetesSerialization(lenient(), true))
        .build();
  }

  /** The operator may be newer than this program. */
  private static ObjectMapper lenient() {
    return JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  }

  private Config config() throws ClusterException {
    if (kubeconfig.isPresent() && !Files.isReadable(kubeconfig.get())) {
      throw new ClusterException("cannot read " + kubeconfig.get());
    }
    @Nullable String wanted = context.orElse(null);
    var config =
        kubeconfig.isPresent()
            ? Config.fromKubeconfig(wanted, kubeconfig.get().toFile())
            : Config.autoConfigure(wanted);
    var found = config.getCurrentContext();
    if (wanted != null && (found == null || !wanted.equals(found.getName()))) {
      throw new ClusterException(
          "no context " + wanted + " in the kubeconfig; see kubectl config get-contexts");
    }
    if (found == null && !isInPod()) {
      throw new ClusterException(
          "no kubeconfig with a current context; name the file with --kubeconfig or in the"
              + " environment variable KUBECONFIG, and the context with --context");
    }
    return config;
  }

  private static boolean isInPod() {
    return System.getenv("KUBERNETES_SERVICE_HOST") != null;
  }

  private static boolean isOnCurve(String keyData) {
    try {
      var pem = new String(Base64.getDecoder().decode(keyData), ISO_8859_1);
      if (!pem.contains("BEGIN PRIVATE KEY")) {
        return false;
      }
      var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
      return new String(der, ISO_8859_1).contains(new String(EC_KEY, ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
