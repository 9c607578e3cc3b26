package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.expand.Variables;
import dev.stagewright.dockerfile.source.GoPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The mutable state of the evaluation of a stage: the build environment and the image config. */
final class StageState {
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final List<String> SH = List.of("/bin/sh", "-c");
  private static final List<String> CMD_EXE = List.of("cmd", "/S", "/C");

  private final PlatformId platform;
  private final Map<String, String> environment;
  private final Map<String, String> buildEnvironment;
  private final Map<String, String> buildArgs;
  private final Map<String, String> labels;
  private final SortedSet<String> exposedPorts;
  private final SortedSet<String> volumes;
  private final List<String> onBuild = new ArrayList<>();
  String user;
  List<String> shell;
  List<String> entrypoint;
  List<String> cmd;
  String stopSignal;
  Optional<HealthcheckSettings> healthcheck;
  String author;
  boolean argsEscaped;
  private String workingDirectory;

  private StageState(
      PlatformId platform,
      ImageSettings settings,
      Map<String, String> buildEnvironment,
      Map<String, String> buildArgs) {
    this.platform = platform;
    this.environment = new LinkedHashMap<>(settings.environment());
    this.buildEnvironment = new LinkedHashMap<>(buildEnvironment);
    this.buildArgs = new LinkedHashMap<>(buildArgs);
    this.labels = new LinkedHashMap<>(settings.labels());
    this.exposedPorts = new TreeSet<>(settings.exposedPorts());
    this.volumes = new TreeSet<>(settings.volumes());
    this.user = settings.user();
    this.workingDirectory = settings.workingDirectory();
    this.shell = settings.shell();
    this.entrypoint = settings.entrypoint();
    this.cmd = settings.cmd();
    this.stopSignal = settings.stopSignal();
    this.healthcheck = settings.healthcheck();
    this.author = settings.author();
    this.argsEscaped = settings.argsEscaped();
    if (!environment.containsKey("PATH") && !platform.os().equals("windows")) {
      environment.put("PATH", DEFAULT_PATH);
      this.buildEnvironment.put("PATH", DEFAULT_PATH);
    }
    if (!workingDirectory.isEmpty()) {
      this.workingDirectory = absolute("/", workingDirectory);
    }
  }

  static StageState on(ImageSettings settings, PlatformId platform) {
    return new StageState(platform, settings, settings.environment(), Map.of());
  }

  static StageState scratch(PlatformId platform) {
    var state = on(ImageSettings.empty(), platform);
    state.workingDirectory = "/";
    return state;
  }

  /** The initial state of a stage that is built on this stage: keeps ARG values, drops triggers. */
  StageState child() {
    return new StageState(platform, settings(), buildEnvironment, buildArgs);
  }

  PlatformId platform() {
    return platform;
  }

  Variables variables() {
    return Variables.of(buildEnvironment);
  }

  Map<String, String> buildEnvironment() {
    return Collections.unmodifiableMap(buildEnvironment);
  }

  /** The declared ARGs with their values; empty for an ARG without a value. */
  Map<String, String> buildArgs() {
    return Collections.unmodifiableMap(buildArgs);
  }

  void declareArg(String name, Optional<String> value) {
    buildArgs.put(name, value.orElse(""));
  }

  void setArg(String name, String value) {
    buildEnvironment.put(name, value);
  }

  void setEnv(String name, String value) {
    environment.put(name, value);
    buildEnvironment.put(name, value);
  }

  void label(String name, String value) {
    labels.put(name, value);
  }

  void expose(List<String> ports) {
    exposedPorts.addAll(ports);
  }

  void addVolumes(List<String> paths) {
    volumes.addAll(paths);
  }

  void onBuild(String expression) {
    onBuild.add(expression);
  }

  /** The cleaned working directory; the root if none is set. */
  String workingDirectory() {
    return GoPath.rooted(workingDirectory);
  }

  /** The working directory as in the Dockerfile, not cleaned. */
  String rawWorkingDirectory() {
    return workingDirectory.isEmpty() ? "/" : workingDirectory;
  }

  /** The path in the image config. BuildKit cleans only relative paths. */
  static String absolute(String parent, String path) {
    return path.startsWith("/") ? path : GoPath.resolve(parent, path);
  }

  /** Sets the working directory of the image config: absolute, not cleaned. */
  void setWorkingDirectory(String path) {
    workingDirectory = path;
  }

  /** The command of a shell form, beginning with the shell. */
  List<String> withShell(String text) {
    var base = platform.os().equals("windows") ? CMD_EXE : SH;
    var command = new ArrayList<>(shell.isEmpty() ? base : shell);
    command.add(text);
    return command;
  }

  ImageSettings settings() {
    return new ImageSettings(
        environment,
        user,
        workingDirectory,
        shell,
        entrypoint,
        cmd,
        labels,
        exposedPorts,
        volumes,
        stopSignal,
        healthcheck,
        onBuild,
        author,
        argsEscaped);
  }
}
