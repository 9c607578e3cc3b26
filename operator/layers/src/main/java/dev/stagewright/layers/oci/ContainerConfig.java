package dev.stagewright.layers.oci;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * How containers of an image run: the {@code config} of an image config, with Docker's extensions.
 * Empty lists and texts are the same as none. Keys that are not known here are kept.
 */
public final class ContainerConfig {
  /** Says nothing. */
  public static final ContainerConfig EMPTY = new ContainerConfig(JsonObject.EMPTY);

  private final JsonObject json;

  private ContainerConfig(JsonObject json) {
    this.json = json;
  }

  static ContainerConfig read(JsonObject json) {
    var config = new ContainerConfig(json);
    // Whatever has a wrong type shows here, so that no accessor of a config that was read throws.
    var _ =
        List.of(
            config.user(),
            config.env(),
            config.entrypoint(),
            config.cmd(),
            config.workingDir(),
            config.exposedPorts(),
            config.volumes(),
            config.labels(),
            config.stopSignal(),
            config.healthcheck(),
            config.shell(),
            config.onBuild(),
            config.argsEscaped());
    return config;
  }

  JsonObject json() {
    return json;
  }

  /** User and optional group, names or numbers. */
  public Optional<String> user() {
    return json.string("User");
  }

  /** The same with another user. */
  public ContainerConfig withUser(String user) {
    return new ContainerConfig(json.with("User", user));
  }

  /** Variables, {@code NAME=value}. */
  public List<String> env() {
    return json.strings("Env");
  }

  /** The same with other variables. */
  public ContainerConfig withEnv(List<String> env) {
    return new ContainerConfig(json.withStrings("Env", env));
  }

  /** What is run, before {@link #cmd}. */
  public List<String> entrypoint() {
    return json.strings("Entrypoint");
  }

  /** The same with another entry point. */
  public ContainerConfig withEntrypoint(List<String> entrypoint) {
    return new ContainerConfig(json.withStrings("Entrypoint", entrypoint));
  }

  /** Arguments that a container's own replace, or the command where there is no entry point. */
  public List<String> cmd() {
    return json.strings("Cmd");
  }

  /** The same with another command. */
  public ContainerConfig withCmd(List<String> cmd) {
    return new ContainerConfig(json.withStrings("Cmd", cmd));
  }

  /** Where it is run. */
  public Optional<String> workingDir() {
    return json.string("WorkingDir");
  }

  /** The same with another working directory. */
  public ContainerConfig withWorkingDir(String directory) {
    return new ContainerConfig(json.with("WorkingDir", directory));
  }

  /** Ports, for example {@code 80/tcp}. */
  public SortedSet<String> exposedPorts() {
    return json.keys("ExposedPorts");
  }

  /** The same with other ports. */
  public ContainerConfig withExposedPorts(Collection<String> ports) {
    return new ContainerConfig(json.withKeys("ExposedPorts", ports));
  }

  /** Paths that a container runtime mounts something over. */
  public SortedSet<String> volumes() {
    return json.keys("Volumes");
  }

  /** The same with other volumes. */
  public ContainerConfig withVolumes(Collection<String> volumes) {
    return new ContainerConfig(json.withKeys("Volumes", volumes));
  }

  /** Labels, by name. */
  public SortedMap<String, String> labels() {
    return json.stringMap("Labels");
  }

  /** The same with other labels. */
  public ContainerConfig withLabels(Map<String, String> labels) {
    return new ContainerConfig(json.withMap("Labels", labels));
  }

  /** The signal that ends a container. */
  public Optional<String> stopSignal() {
    return json.string("StopSignal");
  }

  /** The same with another signal. */
  public ContainerConfig withStopSignal(String signal) {
    return new ContainerConfig(json.with("StopSignal", signal));
  }

  /** How its health is checked. */
  public Optional<HealthcheckConfig> healthcheck() {
    return json.object("Healthcheck").map(HealthcheckConfig::read);
  }

  /** The same with another check. */
  public ContainerConfig withHealthcheck(HealthcheckConfig healthcheck) {
    return new ContainerConfig(json.with("Healthcheck", healthcheck.json()));
  }

  /** The shell of instructions in shell form. */
  public List<String> shell() {
    return json.strings("Shell");
  }

  /** The same with another shell. */
  public ContainerConfig withShell(List<String> shell) {
    return new ContainerConfig(json.withStrings("Shell", shell));
  }

  /** Instructions for builds that start from the image. */
  public List<String> onBuild() {
    return json.strings("OnBuild");
  }

  /** The same with other instructions. */
  public ContainerConfig withOnBuild(List<String> instructions) {
    return new ContainerConfig(json.withStrings("OnBuild", instructions));
  }

  /** Whether the command is escaped already, on Windows. */
  public boolean argsEscaped() {
    return json.bool("ArgsEscaped");
  }

  /** The same, escaped or not. */
  public ContainerConfig withArgsEscaped(boolean escaped) {
    return new ContainerConfig(json.with("ArgsEscaped", escaped));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContainerConfig that && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
