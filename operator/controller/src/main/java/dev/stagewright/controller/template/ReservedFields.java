package dev.stagewright.controller.template;

import dev.stagewright.protocol.Mounts;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What makes a Pod one of ours: templates can neither set nor remove it. What the API server would
 * fill in differently, and what runs in the Pod by the plan, is among it.
 */
final class ReservedFields {
  private static final List<FieldPath> PATTERNS =
      Stream.of(
              "status",
              "kind",
              "apiVersion",
              "metadata.name",
              "metadata.generateName",
              "metadata.namespace",
              "metadata.uid",
              "metadata.finalizers",
              "metadata.ownerReferences",
              "metadata.labels[stagewright.dev/*]",
              "metadata.labels[app.kubernetes.io/managed-by]",
              "spec.restartPolicy",
              "spec.activeDeadlineSeconds",
              "spec.automountServiceAccountToken",
              "spec.hostUsers",
              "spec.shareProcessNamespace",
              "spec.ephemeralContainers",
              "spec.securityContext.runAsUser",
              "spec.securityContext.runAsGroup",
              "spec.securityContext.runAsNonRoot",
              "spec.securityContext.seccompProfile",
              "spec.securityContext.appArmorProfile",
              "spec.initContainers[runtime]",
              "spec.containers[main].image",
              "spec.containers[main].command",
              "spec.containers[main].args",
              "spec.containers[main].workingDir",
              "spec.containers[main].securityContext",
              "spec.containers[main].terminationMessagePath",
              "spec.containers[main].terminationMessagePolicy",
              "spec.containers[main].envFrom",
              "spec.containers[main].env[LC_ALL]",
              "spec.containers[main].env[LD_*]",
              "spec.containers[main].env[GLIBC_TUNABLES]",
              "spec.containers[main].env[*JAVA_*OPTIONS]",
              "spec.containers[main].env[JDK_JAVA_OPTIONS]",
              "spec.containers[main].volumeMounts[" + Mounts.ROOT + "*]",
              "spec.containers[main].volumeMounts[/]",
              "spec.containers[main].volumeMounts[/proc]",
              "spec.containers[main].volumeMounts[/proc/*]",
              "spec.containers[main].volumeMounts[/sys]",
              "spec.containers[main].volumeMounts[/sys/*]",
              "spec.containers[main].volumeMounts[/dev]",
              "spec.containers[main].volumeMounts[/dev/*]")
          .map(FieldPath::parse)
          .toList();

  private static final FieldPath RUNTIME_RESOURCES =
      FieldPath.parse("spec.initContainers[runtime].resources");
  private static final FieldPath CONTAINERS = FieldPath.parse("spec.containers[*]");
  private static final FieldPath MAIN = FieldPath.parse("spec.containers[main]");
  private static final FieldPath VOLUMES = FieldPath.parse("spec.volumes[*]");

  /** Names of the volumes of our Pods. */
  private static final Set<String> OWN_VOLUMES =
      Set.of(
          "plan",
          "request",
          "workspace",
          "cache",
          "scratch",
          "runtime",
          "base",
          "secrets",
          "source",
          "git",
          "tmp");

  private static final List<String> NUMBERED_VOLUMES =
      List.of("ssh-", "pull-", "account-", "credentials-", "authorities-", "volume-");

  private ReservedFields() {}

  /** Whether the field is ours. */
  static boolean concernedBy(FieldChange touch) {
    return (PATTERNS.stream().anyMatch(touch::concerns) && !RUNTIME_RESOURCES.covers(touch.field()))
        || (touch.concerns(CONTAINERS) && !MAIN.covers(touch.field()))
        || isOwnVolume(touch);
  }

  private static boolean isOwnVolume(FieldChange touch) {
    if (!touch.concerns(VOLUMES)) {
      return false;
    }
    var segments = touch.field().segments();
    if (segments.size() < VOLUMES.segments().size()) {
      return true;
    }
    var name = segments.get(VOLUMES.segments().size() - 1).replaceAll("[\\[\\]]", "");
    return isOwnVolume(name);
  }

  /** Whether one of our Pods may have a volume of this name. */
  static boolean isOwnVolume(String name) {
    return OWN_VOLUMES.contains(name)
        || NUMBERED_VOLUMES.stream().anyMatch(prefix -> name.matches(prefix + "[0-9]+"));
  }
}
