package dev.stagewright.dockerfile.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The parts of an image config that instructions read and write: of a base image as the caller
 * found it, of a stage as it came out.
 *
 * @param environment in order
 * @param user as USER has it; empty means root
 * @param workingDirectory empty where not set
 * @param shell as SHELL has it; empty means the default
 * @param entrypoint empty where there is none
 * @param cmd empty where there is none
 * @param labels in order
 * @param exposedPorts for example {@code 80/tcp}
 * @param volumes paths
 * @param stopSignal empty where not set
 * @param healthcheck empty where none was set
 * @param onBuild triggers for stages built on the image
 * @param author as MAINTAINER has it; empty where not set
 * @param argsEscaped Docker's mark that CMD was set by a builder
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
  /** Copies the collections; orders stay. */
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

  /** Nothing is set. */
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
