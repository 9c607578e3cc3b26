package dev.stagewright.e2e;

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
      text.append(namespace.log(pod.getMetadata().getName()));
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
}
