package dev.stagewright.protocol;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Container commands that start the runtime. Nothing but {@link Mounts#RUNTIME}, or {@link
 * Mounts#STAGE_RUNTIME} in a stage, is taken for granted in the container's root: no C library, no
 * loader, no shell.
 */
public final class RuntimeCommand {
  private static final String LIB = "/lib";
  private static final String LOADER = "/ld-linux-x86-64.so.2";
  private static final String LOCALE = "C.UTF-8";
  private static final String STAGE_RUNTIME = "jre";
  private static final String FULL_RUNTIME = "jre-full";

  private RuntimeCommand() {}

  /**
   * What the containers' environment must hold: the C library learns of the locale from there
   * alone, and without one the JVM can name files and arguments in ASCII only. A base image has no
   * locale that would do, or one of its own.
   */
  public static Map<String, String> environment() {
    return environment(Mounts.RUNTIME);
  }

  /** The same for a stage's container. */
  public static Map<String, String> stageEnvironment() {
    return environment(Mounts.STAGE_RUNTIME);
  }

  private static Map<String, String> environment(String folder) {
    return Map.of("LC_ALL", LOCALE, "LOCPATH", folder + LIB + "/locale");
  }

  /** Runs a stage's instructions. Needs only what {@link #copyRuntime} copies. */
  public static List<String> stage(String... arguments) {
    return command(Mounts.STAGE_RUNTIME, STAGE_RUNTIME, "stage.args", arguments);
  }

  /** Fetches the source and makes the plan. */
  public static List<String> prepare(String... arguments) {
    return subcommand("prepare", arguments);
  }

  /** Asks the registry whether it would take the image. */
  public static List<String> check(String... arguments) {
    return subcommand("check", arguments);
  }

  /** Pushes the image. */
  public static List<String> push(String... arguments) {
    return subcommand("push", arguments);
  }

  /** Runs the operator. */
  public static List<String> operator(String... arguments) {
    return subcommand("operator", arguments);
  }

  /**
   * Copies what a stage needs of the runtime into a folder, for an init container of our image: the
   * folder, an emptyDir, is then mounted at {@link Mounts#RUNTIME_VOLUME} in the stage's container.
   *
   * @param folder where the init container has the emptyDir; not {@link Mounts#IMAGE_FOLDER}, which
   *     would hide the runtime that does the copying
   */
  public static List<String> copyRuntime(String folder) {
    return command(Mounts.RUNTIME, STAGE_RUNTIME, "copy-runtime.args", folder);
  }

  /** The image's entry point: takes a subcommand and its arguments. */
  public static List<String> entrypoint() {
    return command(Mounts.RUNTIME, FULL_RUNTIME, "full.args");
  }

  private static List<String> subcommand(String name, String... arguments) {
    return Stream.of(entrypoint(), List.of(name), List.of(arguments))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> command(
      String folder, String runtime, String options, String... arguments) {
    return Stream.of(
            java(folder, runtime), List.of("@" + folder + "/etc/" + options), List.of(arguments))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Starts the Java launcher of one of the image's runtimes, without options and main class.
   *
   * @param folder {@link Mounts#RUNTIME} or {@link Mounts#STAGE_RUNTIME}
   * @param runtime name of its folder in there
   */
  public static List<String> java(String folder, String runtime) {
    var home = folder + "/" + runtime;
    var libraries = String.join(":", folder + LIB, home + LIB, home + LIB + "/server");
    return List.of(folder + LIB + LOADER, "--library-path", libraries, home + "/bin/java");
  }
}
