package dev.stagewright.controller.observe;

import dev.stagewright.protocol.FailureReason;
import java.util.List;

/** The kinds of objects that a spec refers to and that Pods need to start. */
public enum ObjectKind {
  SECRET(
      "Secret",
      FailureReason.SecretNotFound,
      "secretName|secretRef",
      "secret|credentials|clientCertificate|imagePullSecrets|secretKeyRef|secretRef"),
  CONFIG_MAP(
      "ConfigMap", FailureReason.ConfigMapNotFound, "", "configMap|configMapKeyRef|configMapRef"),
  CLAIM("PersistentVolumeClaim", FailureReason.ClaimNotFound, "claimName", "persistentVolumeClaim"),
  SERVICE_ACCOUNT(
      "ServiceAccount",
      FailureReason.ServiceAccountNotFound,
      "serviceAccountName|serviceAccount",
      ""),
  PRIORITY_CLASS("PriorityClass", FailureReason.PriorityClassNotFound, "priorityClassName", ""),
  RUNTIME_CLASS("RuntimeClass", FailureReason.RuntimeClassNotFound, "runtimeClassName", "");

  private final String title;
  private final FailureReason reason;

  /** A regular expression of fields that contain a name. */
  private final String fields;

  /** A regular expression of fields that contain an object with a name. */
  private final String parents;

  ObjectKind(String title, FailureReason reason, String fields, String parents) {
    this.title = title;
    this.reason = reason;
    this.fields = fields;
    this.parents = parents;
  }

  /** The kind in Kubernetes, for example {@code ConfigMap}. */
  public String title() {
    return title;
  }

  /** The reason of a build that fails because such an object is missing. */
  public FailureReason reason() {
    return reason;
  }

  /** Whether a field contains the name of such an object. */
  boolean isReferencedAt(List<String> path) {
    var named = path.stream().filter(segment -> !segment.startsWith("[")).toList();
    var field = named.getLast();
    var parent = named.size() > 1 ? named.get(named.size() - 2) : "";
    return field.matches(fields) || (field.equals("name") && parent.matches(parents));
  }
}
