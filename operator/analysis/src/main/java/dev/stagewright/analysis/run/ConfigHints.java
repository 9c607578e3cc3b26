package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.Resolution;
import dev.stagewright.layers.oci.ContainerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What in the config does not prevent the start, but may be not what was meant. */
final class ConfigHints {
  private static final int FIRST_UNPRIVILEGED_PORT = 1024;

  private final Container container;
  private final ContainerConfig config;

  ConfigHints(Container container) {
    this.container = container;
    this.config = container.image().config().config();
  }

  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    health().ifPresent(findings::add);
    shellForm().ifPresent(findings::add);
    nonNumericUser().ifPresent(findings::add);
    group().ifPresent(findings::add);
    findings.addAll(ports());
    volume().ifPresent(findings::add);
    return findings;
  }

  private Optional<Finding> health() {
    return config
        .healthcheck()
        .filter(it -> !it.test().isEmpty() && !it.test().equals(List.of("NONE")))
        .map(_ ->
            RunRule.HEALTHCHECK_IGNORED.finding(
                Place.CONFIG,
                "Kubernetes ignores the HEALTHCHECK of the image.",
                "The container counts as ready as soon as it runs.",
                "Set livenessProbe and readinessProbe in the Pod."));
  }

  private Optional<Finding> shellForm() {
    var entrypoint = config.entrypoint();
    return entrypoint.size() == 3 && entrypoint.get(1).equals("-c") && !config.cmd().isEmpty()
        ? Optional.of(
            RunRule.SHELL_FORM_ENTRYPOINT.finding(
                Place.CONFIG,
                "ENTRYPOINT is in shell form, so the program does not get the arguments of CMD.",
                "",
                "Use the exec form: ENTRYPOINT [\"/app\"]"))
        : Optional.empty();
  }

  private Optional<Finding> nonNumericUser() {
    var user = config.user().orElse("").split(":", -1)[0];
    return user.isEmpty() || user.equals("root") || UserResolution.number(user).isPresent()
        ? Optional.empty()
        : Optional.of(
            RunRule.NON_NUMERIC_USER.finding(
                Confidence.POSSIBLE,
                Place.CONFIG,
                "USER %s is a name, so a Pod with runAsNonRoot needs runAsUser too."
                    .formatted(user),
                Symptoms.createConfigError(
                    "container has runAsNonRoot and image has non-numeric user (%s), cannot verify"
                            .formatted(user)
                        + " user is non-root"),
                "USER " + container.user().uid()));
  }

  private Optional<Finding> group() {
    var parts = config.user().orElse("").split(":", -1);
    if (parts.length < 2
        || UserResolution.number(parts[1]).filter(it -> it == container.user().gid()).isPresent()
        || parts[1].equals(parts[0])) {
      return Optional.empty();
    }
    return Optional.of(
        RunRule.USER_GROUP_IGNORED.finding(
            Confidence.LIKELY,
            Place.CONFIG,
            "kubelet ignores the group of USER %s; the group is %d."
                .formatted(config.user().orElse(""), container.user().gid()),
            "",
            "Set runAsGroup in the Pod, or make the group the primary one in /etc/passwd."));
  }

  private List<Finding> ports() {
    if (container.user().isRoot()) {
      return List.of();
    }
    return config.exposedPorts().stream()
        .filter(port ->
            UserResolution.number(port.split("/", 2)[0])
                .filter(it -> it > 0 && it < FIRST_UNPRIVILEGED_PORT)
                .isPresent())
        .map(port ->
            RunRule.PRIVILEGED_PORT.finding(
                Confidence.POSSIBLE,
                Place.CONFIG,
                ("User %d listens on port %s. containerd 2 and Docker allow it, because they set"
                        + " net.ipv4.ip_unprivileged_port_start=0; containerd 1 and CRI-O do not by"
                        + " default.")
                    .formatted(container.user().uid(), port),
                "On these: bind: permission denied",
                "Listen on a port from 1024, for example 8080; a Service can map port 80 to it."))
        .toList();
  }

  private Optional<Finding> volume() {
    var command = CommandResolution.command(config);
    if (command.isEmpty()
        || !(container.resolve(command.getFirst()) instanceof Resolution.Found found)) {
      return Optional.empty();
    }
    return config.volumes().stream()
        .filter(it -> isBelow(found.file().path(), it.replaceAll("^/+|/+$", "")))
        .findFirst()
        .map(volume ->
            RunRule.VOLUME_OVER_PROGRAM.finding(
                Confidence.POSSIBLE,
                Place.of(found.file()),
                ("The command is in VOLUME %s. containerd and Docker copy the files of the image"
                        + " into the volume, but a Pod that mounts its own volume there hides the"
                        + " program.")
                    .formatted(volume),
                "With such a Pod: "
                    + Symptoms.startError(
                        command.getFirst(),
                        "stat %s: %s".formatted(command.getFirst(), Errno.ENOENT.text())),
                "Keep programs out of folders that are volumes."));
  }

  private static boolean isBelow(String path, String folder) {
    return folder.isEmpty() || path.startsWith(folder + "/");
  }
}
