package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.source.Position;
import dev.stagewright.dockerfile.stages.Dependency;
import dev.stagewright.dockerfile.stages.StageNode;

/**
 * An image that a build needs, with the instruction that names the image first.
 *
 * @param name as in the Dockerfile, with variables expanded
 * @param platform of the image
 * @param use purpose of the image
 * @param stage index of the stage
 * @param stageName name of the stage, or its index if the stage has no name
 * @param position of the instruction; for a trigger of ONBUILD, the position of FROM
 * @param instruction text of the instruction on one line, shortened if it is long
 */
public record RequiredImage(
    String name,
    PlatformId platform,
    Use use,
    int stage,
    String stageName,
    Position position,
    String instruction) {
  /** The purpose of an image. */
  public enum Use {
    /** A stage is built on the image: FROM. */
    BASE,
    /** Files are read from the image: COPY --from or RUN --mount=from=. */
    FILES
  }

  /** The base image of a stage. */
  public static RequiredImage base(Stage stage, String name, PlatformId platform) {
    var from = stage.from();
    return new RequiredImage(
        name,
        platform,
        Use.BASE,
        stage.index(),
        stage.label(),
        from.position(),
        from.statement().shown());
  }

  /** An image that an instruction of a stage reads files from. */
  static RequiredImage files(
      StageNode node, Dependency dependency, String name, PlatformId platform) {
    var instruction = dependency.instruction();
    var prefix = node.triggers().contains(instruction) ? "ONBUILD " : "";
    return new RequiredImage(
        name,
        platform,
        Use.FILES,
        node.index(),
        node.stage().label(),
        instruction.position(),
        prefix + instruction.statement().shown());
  }
}
