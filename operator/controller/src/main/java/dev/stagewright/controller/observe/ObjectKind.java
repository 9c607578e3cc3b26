package dev.stagewright.controller.observe;

import dev.stagewright.protocol.FailureReason;
import java.util.List;

/** Objects that a spec names, and without which Pods do not start. */
public enum ObjectKind {
  SECRET(
      "Secret",
      FailureReason.SecretNotFound,
      "secretName|secretRef",
      "secret|credentials|imagePullSecrets|secretKeyRef|secretRef"),
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

  /** Regular expressions. */
  private final String fields;

  private final String parents;

  ObjectKind(String title, FailureReason reason, String fields, String parents) {
    this.title = title;
    this.reason = reason;
    this.fields = fields;
    this.parents = parents;
  }

  /** As Kubernetes has it. */
  public String title() {
    return title;
  }

  /** Why a build fails that waits for one in vain. */
  public FailureReason reason() {
    return reason;
  }

  /** Whether a field holds the name of such an object. */
  boolean isNamedAt(List<String> path) {
    var named = path.stream().filter(segment -> !segment.startsWith("[")).toList();
    var field = named.getLast();
    var parent = named.size() > 1 ? named.get(named.size() - 2) : "";
    return field.matches(fields) || (field.equals("name") && parent.matches(parents));
  }
}
