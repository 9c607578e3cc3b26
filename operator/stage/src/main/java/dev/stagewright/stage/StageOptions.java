package dev.stagewright.stage;

import dev.stagewright.protocol.Mounts;
import java.nio.file.Path;

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
    Path terminationLog) {
  static final String USAGE =
      "usage: stage <id> [--root path] [--plan file] [--own folder] [--context folder]"
          + " [--stages folder] [--remotes folder] [--termination-log file]";

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
            Path.of("/dev/termination-log"));
    for (var i = 1; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(USAGE);
      }
      options = options.with(arguments[i], Path.of(arguments[i + 1]).toAbsolutePath());
    }
    return options;
  }

  private StageOptions with(String option, Path path) {
    return switch (option) {
      case "--root" ->
          new StageOptions(stage, path, plan, own, context, stages, remotes, terminationLog);
      case "--plan" ->
          new StageOptions(stage, root, path, own, context, stages, remotes, terminationLog);
      case "--own" ->
          new StageOptions(stage, root, plan, path, context, stages, remotes, terminationLog);
      case "--context" ->
          new StageOptions(stage, root, plan, own, path, stages, remotes, terminationLog);
      case "--stages" ->
          new StageOptions(stage, root, plan, own, context, path, remotes, terminationLog);
      case "--remotes" ->
          new StageOptions(stage, root, plan, own, context, stages, path, terminationLog);
      case "--termination-log" ->
          new StageOptions(stage, root, plan, own, context, stages, remotes, path);
      default -> throw new IllegalArgumentException(USAGE);
    };
  }
}
