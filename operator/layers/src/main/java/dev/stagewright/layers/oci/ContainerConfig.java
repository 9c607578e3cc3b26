package dev.stagewright.layers.oci;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The container settings of an image: the {@code config} of an image config, with Docker's
 * extensions. Empty lists and texts are equivalent to absent ones. Unknown keys are kept.
 */
public final class ContainerConfig {
  /** The empty config. */
  public static final ContainerConfig EMPTY = new ContainerConfig(JsonObject.EMPTY);

  private final JsonObject json;

  private ContainerConfig(JsonObject json) {
    this.json = json;
  }

  static ContainerConfig read(JsonObject json) {
    var config = new ContainerConfig(json);
    // Detects wrong types, so that the accessors of a parsed config do not throw exceptions.
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

  /** Returns the config with another user. */
  public ContainerConfig withUser(String user) {
    return new ContainerConfig(json.with("User", user));
  }

  /** Environment variables, {@code NAME=value}. */
  public List<String> env() {
    return json.strings("Env");
  }

  /** Returns the config with other variables. */
  public ContainerConfig withEnv(List<String> env) {
    return new ContainerConfig(json.withStrings("Env", env));
  }

  /** The entry point, which precedes {@link #cmd}. */
  public List<String> entrypoint() {
    return json.strings("Entrypoint");
  }

  /** Returns the config with another entry point. */
  public ContainerConfig withEntrypoint(List<String> entrypoint) {
    return new ContainerConfig(json.withStrings("Entrypoint", entrypoint));
  }

  /** The default arguments of the entry point, or the default command without an entry point. */
  public List<String> cmd() {
    return json.strings("Cmd");
  }

  /** Returns the config with another command. */
  public ContainerConfig withCmd(List<String> cmd) {
    return new ContainerConfig(json.withStrings("Cmd", cmd));
  }

  /** The working directory. */
  public Optional<String> workingDir() {
    return json.string("WorkingDir");
  }

  /** Returns the config with another working directory. */
  public ContainerConfig withWorkingDir(String directory) {
    return new ContainerConfig(json.with("WorkingDir", directory));
  }

  /** The exposed ports, for example {@code 80/tcp}. */
  public SortedSet<String> exposedPorts() {
    return json.keys("ExposedPorts");
  }

  /** Returns the config with other ports. */
  public ContainerConfig withExposedPorts(Collection<String> ports) {
    return new ContainerConfig(json.withKeys("ExposedPorts", ports));
  }

  /** The paths of volumes. */
  public SortedSet<String> volumes() {
    return json.keys("Volumes");
  }

  /** Returns the config with other volumes. */
  public ContainerConfig withVolumes(Collection<String> volumes) {
    return new ContainerConfig(json.withKeys("Volumes", volumes));
  }

  /** Labels, by name. */
  public SortedMap<String, String> labels() {
    return json.stringMap("Labels");
  }

  /** Returns the config with other labels. */
  public ContainerConfig withLabels(Map<String, String> labels) {
    return new ContainerConfig(json.withMap("Labels", labels));
  }

  /** The signal that stops a container. */
  public Optional<String> stopSignal() {
    return json.string("StopSignal");
  }

  /** Returns the config with another signal. */
  public ContainerConfig withStopSignal(String signal) {
    return new ContainerConfig(json.with("StopSignal", signal));
  }

  /** The health check. */
  public Optional<HealthcheckConfig> healthcheck() {
    return json.object("Healthcheck").map(HealthcheckConfig::read);
  }

  /** Returns the config with another health check. */
  public ContainerConfig withHealthcheck(HealthcheckConfig healthcheck) {
    return new ContainerConfig(json.with("Healthcheck", healthcheck.json()));
  }

  /** The shell of instructions in shell form. */
  public List<String> shell() {
    return json.strings("Shell");
  }

  /** Returns the config with another shell. */
  public ContainerConfig withShell(List<String> shell) {
    return new ContainerConfig(json.withStrings("Shell", shell));
  }

  /** Instructions that run in builds based on the image. */
  public List<String> onBuild() {
    return json.strings("OnBuild");
  }

  /** Returns the config with other instructions. */
  public ContainerConfig withOnBuild(List<String> instructions) {
    return new ContainerConfig(json.withStrings("OnBuild", instructions));
  }

  /** Whether the command is already escaped, on Windows. */
  public boolean argsEscaped() {
    return json.bool("ArgsEscaped");
  }

  /** Returns the config with another value. */
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
