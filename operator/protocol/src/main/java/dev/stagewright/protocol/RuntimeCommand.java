package dev.stagewright.protocol;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Container commands that start the runtime, whatever image it was brought into. Nothing but {@link
 * Mounts#RUNTIME} is taken for granted in the container's root: no C library, no loader, no shell.
 */
public final class RuntimeCommand {
  private static final String LIB = Mounts.RUNTIME + "/lib";
  private static final String LOADER = LIB + "/ld-linux-x86-64.so.2";
  private static final String LOCALE = "C.UTF-8";
  private static final String STAGE_RUNTIME = "jre";
  private static final String FULL_RUNTIME = "jre-full";
  private static final String ARGUMENTS = "@" + Mounts.RUNTIME + "/etc/";

  private RuntimeCommand() {}

  /**
   * What the containers' environment must hold: the C library learns of the locale from there
   * alone, and without one the JVM can name files and arguments in ASCII only. A base image has no
   * locale that would do, or one of its own.
   */
  public static Map<String, String> environment() {
    return Map.of("LC_ALL", LOCALE, "LOCPATH", LIB + "/locale");
  }

  /** Runs a stage's instructions. Needs only what {@link #copyRuntime} copies. */
  public static List<String> stage(String... arguments) {
    return command(STAGE_RUNTIME, "stage.args", arguments);
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
   * @param folder where the init container has the emptyDir; not {@link Mounts#RUNTIME_VOLUME},
   *     which would hide the runtime that does the copying
   */
  public static List<String> copyRuntime(String folder) {
    return command(STAGE_RUNTIME, "copy-runtime.args", folder);
  }

  /** The image's entry point: takes a subcommand and its arguments. */
  public static List<String> entrypoint() {
    return command(FULL_RUNTIME, "full.args");
  }

  private static List<String> subcommand(String name, String... arguments) {
    return Stream.of(entrypoint(), List.of(name), List.of(arguments))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> command(String runtime, String options, String... arguments) {
    return Stream.of(java(runtime), List.of(ARGUMENTS + options), List.of(arguments))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Starts the Java launcher of one of the image's runtimes, without options and main class.
   *
   * @param runtime name of its folder
   */
  public static List<String> java(String runtime) {
    var home = Mounts.RUNTIME + "/" + runtime;
    var libraries = String.join(":", LIB, home + "/lib", home + "/lib/server");
    return List.of(LOADER, "--library-path", libraries, home + "/bin/java");
  }
}
