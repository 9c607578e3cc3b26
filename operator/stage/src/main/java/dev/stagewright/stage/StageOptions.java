package dev.stagewright.stage;

import dev.stagewright.protocol.Mounts;
import dev.stagewright.stage.mount.MountFolders;
import dev.stagewright.stage.sandbox.SandboxRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the command line says. All paths have defaults that hold in a stage's Pod.
 *
 * @param stage id of the stage to run
 * @param sandbox which one it shall have
 * @param root what the stage's files lie in, or what it starts from
 * @param base the untouched files of the base image; there may be no such folder
 * @param plan the plan's file
 * @param own the stage's folder on the workspace
 * @param context the build context's folder
 * @param stages folder of the folders of other stages, by id
 * @param remotes folder of what prepare fetched for ADD, by id
 * @param mounts what {@code RUN --mount} reads and writes
 * @param volumes paths of the Pod's mounts that commands are to see, and no layer gets
 * @param terminationLog where the last words go
 */
record StageOptions(
    String stage,
    SandboxRequest sandbox,
    Path root,
    Path base,
    Path plan,
    Path own,
    Path context,
    Path stages,
    Path remotes,
    MountFolders mounts,
    List<String> volumes,
    Path terminationLog) {
  static final String USAGE =
      "usage: stage <id> [--sandbox inPlace|userNamespace|auto] [--root path]"
          + " [--base folder] [--plan file] [--own folder] [--context folder] [--stages folder]"
          + " [--remotes folder] [--mounts folder] [--scratch folder] [--volumes path:path…]"
          + " [--termination-log file]";

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("--sandbox", "inPlace"),
          Map.entry("--root", "/"),
          Map.entry("--base", Mounts.BASE),
          Map.entry("--plan", Mounts.PLAN + "/" + Mounts.PLAN_FILE),
          Map.entry("--own", Mounts.OWN),
          Map.entry("--context", Mounts.CONTEXT),
          Map.entry("--stages", Mounts.STAGES),
          Map.entry("--remotes", Mounts.REMOTES),
          Map.entry("--mounts", Mounts.PRIVATE),
          Map.entry("--scratch", Mounts.SCRATCH),
          Map.entry("--volumes", ""),
          Map.entry("--termination-log", "/dev/termination-log"));

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with the usage if they make no sense
   */
  static StageOptions parse(String... arguments) {
    if (arguments.length % 2 == 0 || arguments[0].startsWith("--")) {
      throw new IllegalArgumentException(USAGE);
    }
    var values = new HashMap<>(DEFAULTS);
    for (var i = 1; i < arguments.length; i += 2) {
      if (values.replace(arguments[i], arguments[i + 1]) == null) {
        throw new IllegalArgumentException(USAGE);
      }
    }
    return new StageOptions(
        arguments[0],
        SandboxRequest.parse(values.getOrDefault("--sandbox", "")),
        path("--root", values),
        path("--base", values),
        path("--plan", values),
        path("--own", values),
        path("--context", values),
        path("--stages", values),
        path("--remotes", values),
        MountFolders.below(path("--mounts", values), path("--scratch", values)),
        Stream.of(values.getOrDefault("--volumes", "").split(":"))
            .filter(path -> !path.isEmpty())
            .toList(),
        path("--termination-log", values));
  }

  /** The same, with what is below one folder to be found below another. */
  StageOptions moved(Path from, Path to) {
    return new StageOptions(
        stage,
        sandbox,
        root,
        moved(base, from, to),
        moved(plan, from, to),
        moved(own, from, to),
        moved(context, from, to),
        moved(stages, from, to),
        moved(remotes, from, to),
        new MountFolders(
            moved(mounts.cache(), from, to),
            moved(mounts.secrets(), from, to),
            moved(mounts.ssh(), from, to),
            mounts.scratch()),
        volumes,
        terminationLog);
  }

  private static Path moved(Path path, Path from, Path to) {
    return path.startsWith(from) ? to.resolve(from.relativize(path)) : path;
  }

  private static Path path(String option, Map<String, String> values) {
    return Path.of(values.getOrDefault(option, "")).toAbsolutePath();
  }
}
