package dev.stagewright.e2e.edits;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A version of a project: a Dockerfile, the files beside it, and the settings of its build.
 *
 * @param stages stages in order; the last one is the image unless there is a target
 * @param files texts of the build context, by path
 * @param buildArgs values of build arguments
 * @param target name of the stage to build
 * @param sandbox {@code inPlace} or {@code userNamespace}
 */
public record Project(
    List<Stage> stages,
    SortedMap<String, String> files,
    SortedMap<String, String> buildArgs,
    Optional<String> target,
    String sandbox) {

  /**
   * A stage.
   *
   * @param name name after AS
   * @param base an image, or the name of an earlier stage
   * @param lines instructions
   */
  public record Stage(String name, String base, List<String> lines) {
    Stage withLines(List<String> others) {
      return new Stage(name, base, List.copyOf(others));
    }
  }

  /** The text of the Dockerfile. */
  public String dockerfile() {
    return stages.stream()
        .map(stage ->
            "FROM "
                + stage.base()
                + " AS "
                + stage.name()
                + "\n"
                + stage.lines().stream().map(line -> line + "\n").collect(Collectors.joining()))
        .collect(Collectors.joining());
  }

  Project withStage(int index, Stage stage) {
    var others = new ArrayList<>(stages);
    others.set(index, stage);
    return new Project(List.copyOf(others), files, buildArgs, target, sandbox);
  }

  Project withFiles(Map<String, String> others) {
    return new Project(stages, new TreeMap<>(others), buildArgs, target, sandbox);
  }

  Project withBuildArgs(Map<String, String> others) {
    return new Project(stages, files, new TreeMap<>(others), target, sandbox);
  }

  Project withTarget(Optional<String> other) {
    return new Project(stages, files, buildArgs, other, sandbox);
  }

  Project withSandbox(String other) {
    return new Project(stages, files, buildArgs, target, other);
  }
}
