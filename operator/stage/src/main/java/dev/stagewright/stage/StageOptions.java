package dev.stagewright.stage;

import dev.stagewright.protocol.Mounts;
import dev.stagewright.stage.mount.MountFolders;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the command line says. All paths have defaults that hold in a stage's Pod.
 *
 * @param stage id of the stage to run
 * @param root what the stage's files lie in
 * @param plan the plan's file
 * @param own the stage's folder on the workspace
 * @param context the build context's folder
 * @param stages folder of the folders of other stages, by id
 * @param remotes folder of what prepare fetched for ADD, by id
 * @param mounts what {@code RUN --mount} reads and writes
 * @param terminationLog where the last words go
 */
record StageOptions(
    String stage,
    Path root,
    Path plan,
    Path own,
    Path context,
    Path stages,
    Path remotes,
    MountFolders mounts,
    Path terminationLog) {
  static final String USAGE =
      "usage: stage <id> [--root path] [--plan file] [--own folder] [--context folder]"
          + " [--stages folder] [--remotes folder] [--mounts folder] [--termination-log file]";

  private static final Set<String> NAMES =
      Set.of(
          "--root",
          "--plan",
          "--own",
          "--context",
          "--stages",
          "--remotes",
          "--mounts",
          "--termination-log");

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with the usage if they make no sense
   */
  static StageOptions parse(String... arguments) {
    if (arguments.length == 0 || arguments[0].startsWith("--")) {
      throw new IllegalArgumentException(USAGE);
    }
    var options =
        new StageOptions(
            arguments[0],
            Path.of("/"),
            Path.of(Mounts.PLAN, Mounts.PLAN_FILE),
            Path.of(Mounts.OWN),
            Path.of(Mounts.CONTEXT),
            Path.of(Mounts.STAGES),
            Path.of(Mounts.REMOTES),
            MountFolders.below(Path.of(Mounts.ROOT)),
            Path.of("/dev/termination-log"));
    for (var i = 1; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(USAGE);
      }
      if (!NAMES.contains(arguments[i])) {
        throw new IllegalArgumentException(USAGE);
      }
      options = options.with(arguments[i], Path.of(arguments[i + 1]).toAbsolutePath());
    }
    return options;
  }

  private StageOptions with(String option, Path path) {
    return new StageOptions(
        stage,
        option.equals("--root") ? path : root,
        option.equals("--plan") ? path : plan,
        option.equals("--own") ? path : own,
        option.equals("--context") ? path : context,
        option.equals("--stages") ? path : stages,
        option.equals("--remotes") ? path : remotes,
        option.equals("--mounts") ? MountFolders.below(path) : mounts,
        option.equals("--termination-log") ? path : terminationLog);
  }
}
