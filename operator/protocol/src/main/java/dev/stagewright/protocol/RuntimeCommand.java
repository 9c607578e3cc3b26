package dev.stagewright.protocol;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Container commands that start the runtime. They need only {@link Mounts#RUNTIME}, or {@link
 * Mounts#STAGE_RUNTIME} in a stage; the container may lack a C library, a loader and a shell.
 */
public final class RuntimeCommand {
  private static final String LIB = "/lib";
  private static final String LOADER = "/ld-linux-x86-64.so.2";
  private static final String LOCALE = "C.UTF-8";
  private static final String STAGE_RUNTIME = "jre";
  private static final String FULL_RUNTIME = "jre-full";

  private RuntimeCommand() {}

  /**
   * The required environment variables of a container. The C library reads the locale from them,
   * and without a locale the JVM supports only ASCII in file names and arguments. The locale of a
   * base image may be missing or different.
   */
  public static Map<String, String> environment() {
    return environment(Mounts.RUNTIME);
  }

  /** The required environment variables of the container of a stage. */
  public static Map<String, String> stageEnvironment() {
    return environment(Mounts.STAGE_RUNTIME);
  }

  private static Map<String, String> environment(String folder) {
    return Map.of("LC_ALL", LOCALE, "LOCPATH", folder + LIB + "/locale");
  }

  /** Runs the instructions of a stage. Needs only the files that {@link #copyRuntime} copies. */
  public static List<String> stage(String... arguments) {
    return command(Mounts.STAGE_RUNTIME, STAGE_RUNTIME, "stage.args", arguments);
  }

  /** Fetches the source and creates the plan. */
  public static List<String> prepare(String... arguments) {
    return worker("prepare", arguments);
  }

  /** Checks the destinations, waits for the stages, and publishes the image. */
  public static List<String> publish(String... arguments) {
    return worker("publish", arguments);
  }

  /**
   * Copies the part of the runtime that a stage needs, in an init container of the Stagewright
   * image, into an emptyDir that is mounted at {@link Mounts#RUNTIME_VOLUME} in the container of
   * the stage.
   *
   * @param folder mount path of the emptyDir in the init container; not {@link
   *     Mounts#IMAGE_FOLDER}, which would hide the runtime that copies
   */
  public static List<String> copyRuntime(String folder) {
    return command(Mounts.RUNTIME, STAGE_RUNTIME, "copy-runtime.args", folder);
  }

  /** The entry point of the image, which expects a subcommand and its arguments. */
  public static List<String> entrypoint() {
    return command(Mounts.RUNTIME, FULL_RUNTIME, "full.args");
  }

  private static List<String> worker(String subcommand, String... arguments) {
    return command(
        Mounts.RUNTIME,
        FULL_RUNTIME,
        "worker.args",
        Stream.concat(Stream.of(subcommand), Stream.of(arguments)).toArray(String[]::new));
  }

  private static List<String> command(
      String folder, String runtime, String options, String... arguments) {
    return Stream.of(
            java(folder, runtime), List.of("@" + folder + "/etc/" + options), List.of(arguments))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * The Java launcher of one of the runtimes of the image, without options and main class.
   *
   * @param folder {@link Mounts#RUNTIME} or {@link Mounts#STAGE_RUNTIME}
   * @param runtime name of its directory in {@code folder}
   */
  public static List<String> java(String folder, String runtime) {
    var home = folder + "/" + runtime;
    var libraries = String.join(":", folder + LIB, home + LIB, home + LIB + "/server");
    return List.of(folder + LIB + LOADER, "--library-path", libraries, home + "/bin/java");
  }
}
