package dev.stagewright.dockerfile.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The fields of an image config that instructions read and write, of a base image or of an
 * evaluated stage.
 *
 * @param environment in order
 * @param user value of USER; empty for root
 * @param workingDirectory empty if not set
 * @param shell value of SHELL; empty for the default
 * @param entrypoint empty if not set
 * @param cmd empty if not set
 * @param labels in order
 * @param exposedPorts for example {@code 80/tcp}
 * @param volumes paths
 * @param stopSignal empty if not set
 * @param healthcheck empty if not set
 * @param onBuild triggers for stages that are built on the image
 * @param author as MAINTAINER has it; empty if not set
 * @param argsEscaped whether CMD was set by a builder
 */
public record ImageSettings(
    Map<String, String> environment,
    String user,
    String workingDirectory,
    List<String> shell,
    List<String> entrypoint,
    List<String> cmd,
    Map<String, String> labels,
    SortedSet<String> exposedPorts,
    SortedSet<String> volumes,
    String stopSignal,
    Optional<HealthcheckSettings> healthcheck,
    List<String> onBuild,
    String author,
    boolean argsEscaped) {
  /** Copies the collections; keeps their order. */
  public ImageSettings {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    shell = List.copyOf(shell);
    entrypoint = List.copyOf(entrypoint);
    cmd = List.copyOf(cmd);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    exposedPorts = Collections.unmodifiableSortedSet(new TreeSet<>(exposedPorts));
    volumes = Collections.unmodifiableSortedSet(new TreeSet<>(volumes));
    onBuild = List.copyOf(onBuild);
  }

  /** Settings without values. */
  public static ImageSettings empty() {
    return new ImageSettings(
        Map.of(),
        "",
        "",
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        new TreeSet<>(),
        new TreeSet<>(),
        "",
        Optional.empty(),
        List.of(),
        "",
        false);
  }
}
