package dev.stagewright.stage;

import dev.stagewright.protocol.Mounts;
import dev.stagewright.stage.mount.CacheFolder;
import dev.stagewright.stage.mount.MountFolders;
import dev.stagewright.stage.sandbox.SandboxRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The options of the command line. The defaults of all paths are those of a stage Pod.
 *
 * @param stage id of the stage to run
 * @param sandbox requested sandbox
 * @param root root directory of the stage, or the lower directory of its overlay
 * @param base directory with the unchanged files of the base image, which may not exist
 * @param imageLayers number of layers of known steps whose files the image of the Pod contains:
 *     those of the stages that the stage is based on, then its own
 * @param plan file of the plan
 * @param own directory of the stage on the workspace
 * @param context directory of the build context
 * @param stages parent of the directories of other stages, by id
 * @param remotes parent of the directories of remote sources for ADD, by id
 * @param mounts directories for {@code RUN --mount}
 * @param volumes mount paths of the Pod that commands can see and that are not part of any layer
 * @param terminationLog file for the termination message
 */
record StageOptions(
    String stage,
    SandboxRequest sandbox,
    Path root,
    Path base,
    int imageLayers,
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
          + " [--base folder] [--image-layers count] [--plan file] [--own folder] [--context folder] [--stages folder]"
          + " [--remotes folder] [--mounts folder] [--scratch folder] [--cache-scope name]"
          + " [--cache-limit bytes] [--volumes path:path…]"
          + " [--termination-log file]";

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("--sandbox", "inPlace"),
          Map.entry("--root", "/"),
          Map.entry("--base", Mounts.BASE),
          Map.entry("--image-layers", "0"),
          Map.entry("--plan", Mounts.PLAN + "/" + Mounts.PLAN_FILE),
          Map.entry("--own", Mounts.OWN),
          Map.entry("--context", Mounts.CONTEXT),
          Map.entry("--stages", Mounts.STAGES),
          Map.entry("--remotes", Mounts.REMOTES),
          Map.entry("--mounts", Mounts.PRIVATE),
          Map.entry("--scratch", Mounts.SCRATCH),
          Map.entry("--cache-scope", ""),
          Map.entry("--cache-limit", ""),
          Map.entry("--volumes", ""),
          Map.entry("--termination-log", "/dev/termination-log"));

  /**
   * Parses the arguments.
   *
   * @throws IllegalArgumentException with the usage if the arguments are invalid
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
        Integer.parseInt(values.getOrDefault("--image-layers", "")),
        path("--plan", values),
        path("--own", values),
        path("--context", values),
        path("--stages", values),
        path("--remotes", values),
        mounts(values),
        Stream.of(values.getOrDefault("--volumes", "").split(":"))
            .filter(path -> !path.isEmpty())
            .toList(),
        path("--termination-log", values));
  }

  /** The directories of the workspace. */
  StageFolders folders() {
    return new StageFolders(own, context, stages, remotes);
  }

  /** These options with all paths below one directory moved to another directory. */
  StageOptions moved(Path from, Path to) {
    return new StageOptions(
        stage,
        sandbox,
        root,
        moved(base, from, to),
        imageLayers,
        moved(plan, from, to),
        moved(own, from, to),
        moved(context, from, to),
        moved(stages, from, to),
        moved(remotes, from, to),
        new MountFolders(
            mounts.cache().at(moved(mounts.cache().path(), from, to)),
            moved(mounts.secrets(), from, to),
            moved(mounts.ssh(), from, to),
            mounts.scratch()),
        volumes,
        terminationLog);
  }

  private static Path moved(Path path, Path from, Path to) {
    return path.startsWith(from) ? to.resolve(from.relativize(path)) : path;
  }

  private static MountFolders mounts(Map<String, String> values) {
    var folders = MountFolders.below(path("--mounts", values), path("--scratch", values));
    var limit = values.getOrDefault("--cache-limit", "");
    return folders.withCache(
        new CacheFolder(
            folders.cache().path(),
            values.getOrDefault("--cache-scope", ""),
            limit.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(limit))));
  }

  private static Path path(String option, Map<String, String> values) {
    return Path.of(values.getOrDefault(option, "")).toAbsolutePath();
  }
}
