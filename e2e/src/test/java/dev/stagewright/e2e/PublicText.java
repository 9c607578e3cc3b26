package dev.stagewright.e2e;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;

/** All text that a user without permission for Secrets can read. */
final class PublicText {
  private static final Duration QUICK = Duration.ofMinutes(2);

  private PublicText() {}

  /** The resources and logs of a namespace, and the log of the operator. */
  static String of(TestNamespace namespace, Installation operator) {
    var tools = namespace.environment().tools();
    var resources =
        tools.output(
            QUICK,
            "kubectl",
            "-n",
            namespace.name(),
            "get",
            "imagebuilds,pods,configmaps,persistentvolumeclaims,events",
            "-o",
            "yaml");
    var text = new StringBuilder(resources);
    for (var pod : namespace.pods()) {
      text.append(log(namespace, pod.getMetadata().getName()));
    }
    text.append(
        tools.output(
            QUICK,
            "kubectl",
            "-n",
            operator.namespace(),
            "logs",
            "--selector=app.kubernetes.io/name=stagewright",
            "--tail=-1"));
    return text.toString();
  }

  /** The log of a Pod; empty if it has not started, or if the operator has deleted the Pod. */
  private static String log(TestNamespace namespace, String pod) {
    try {
      return namespace.log(pod);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
          || e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST) {
        return "";
      }
      throw e;
    }
  }
}
