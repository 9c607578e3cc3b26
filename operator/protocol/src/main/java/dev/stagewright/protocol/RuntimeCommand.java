package dev.stagewright.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Container commands that start the runtime, whatever image it was brought into. Nothing but {@link
 * Mounts#RUNTIME} is taken for granted in the container's root: no C library, no loader, no shell.
 */
public final class RuntimeCommand {
  private static final String LIB = Mounts.RUNTIME + "/lib";
  private static final String LOADER = LIB + "/ld-linux-x86-64.so.2";
  private static final String STAGE_JRE = Mounts.RUNTIME + "/jre";
  private static final String FULL_JRE = Mounts.RUNTIME + "/jre-full";
  private static final String ARGUMENTS = "@" + Mounts.RUNTIME + "/etc/";

  private RuntimeCommand() {}

  /** Runs a stage's instructions. Needs only what {@link #copyRuntime} copies. */
  public static List<String> stage(String... arguments) {
    return command(STAGE_JRE, "stage.args", arguments);
  }

  /** Fetches the source and makes the plan. */
  public static List<String> prepare(String... arguments) {
    return subcommand("prepare", arguments);
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
    return command(STAGE_JRE, "copy-runtime.args", folder);
  }

  /** The image's entry point: takes a subcommand and its arguments. */
  public static List<String> entrypoint() {
    return command(FULL_JRE, "full.args");
  }

  private static List<String> subcommand(String name, String... arguments) {
    return Stream.of(entrypoint(), List.of(name), List.of(arguments))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> command(String jre, String options, String... arguments) {
    var libraries = String.join(":", LIB, jre + "/lib", jre + "/lib/server");
    var command =
        new ArrayList<>(
            List.of(LOADER, "--library-path", libraries, jre + "/bin/java", ARGUMENTS + options));
    command.addAll(List.of(arguments));
    return List.copyOf(command);
  }
}
