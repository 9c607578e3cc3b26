package dev.stagewright.controller.template;

import dev.stagewright.controller.run.PodContainer;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.RuntimeCommand;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fields of Pods that templates can neither set nor remove: those that identify a Pod of a run,
 * those that define what runs in it, and those that the API server would default differently.
 */
final class ReservedFields {
  private static final String MAIN = "spec.containers[" + PodContainer.MAIN + "]";
  private static final String RUNTIME = "spec.initContainers[" + PodContainer.RUNTIME + "]";

  private static final List<FieldPath> PATTERNS =
      Stream.of(
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
                  RUNTIME),
              Stream.of(
                      "image",
                      "command",
                      "args",
                      "workingDir",
                      "securityContext",
                      "terminationMessagePath",
                      "terminationMessagePolicy",
                      "envFrom",
                      "env[LD_*]",
                      "env[GLIBC_TUNABLES]",
                      "env[*JAVA_*OPTIONS]",
                      "volumeMounts[" + Mounts.ROOT + "*]",
                      "volumeMounts[/]",
                      "volumeMounts[/proc]",
                      "volumeMounts[/proc/*]",
                      "volumeMounts[/sys]",
                      "volumeMounts[/sys/*]",
                      "volumeMounts[/dev]",
                      "volumeMounts[/dev/*]")
                  .map(field -> MAIN + "." + field),
              RuntimeCommand.stageEnvironment().keySet().stream()
                  .map(name -> MAIN + ".env[" + name + "]"))
          .flatMap(patterns -> patterns)
          .map(FieldPath::parse)
          .toList();

  private static final FieldPath RUNTIME_RESOURCES = FieldPath.parse(RUNTIME + ".resources");
  private static final FieldPath CONTAINERS = FieldPath.parse("spec.containers[*]");
  private static final FieldPath MAIN_CONTAINER = FieldPath.parse(MAIN);
  private static final FieldPath VOLUMES = FieldPath.parse("spec.volumes[*]");

  private ReservedFields() {}

  /** Whether the change sets or removes a reserved field. */
  static boolean contain(FieldChange change) {
    return isReserved(change)
        || (change.affects(CONTAINERS) && !MAIN_CONTAINER.covers(change.field()))
        || (change.affects(VOLUMES) && affectsReservedVolume(change.field()));
  }

  private static boolean isReserved(FieldChange change) {
    return PATTERNS.stream().anyMatch(change::affects) && !RUNTIME_RESOURCES.covers(change.field());
  }

  private static boolean affectsReservedVolume(FieldPath field) {
    var segments = field.segments();
    var index = VOLUMES.segments().size() - 1;
    return segments.size() <= index
        || PodVolume.isReserved(segments.get(index).replaceAll("[\\[\\]]", ""));
  }
}
