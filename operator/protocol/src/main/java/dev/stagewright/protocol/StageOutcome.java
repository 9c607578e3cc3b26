package dev.stagewright.protocol;

import java.util.Optional;

/**
 * What publish reports about a stage whose result is on the workspace.
 *
 * @param stage id of the stage
 * @param layers number of layers that the stage wrote
 * @param layerBytes compressed size of the layers
 * @param exportedBytes size of the files that other stages may copy
 * @param staged the outcome of a stage that ran in the container of publish; empty for a stage in a
 *     Pod, and for a result of an earlier attempt
 */
public record StageOutcome(
    String stage,
    int layers,
    long layerBytes,
    long exportedBytes,
    Optional<Termination.Staged> staged) {

  /**
   * The termination of the stage, as far as it is known.
   *
   * @param sandbox of a stage in a Pod
   */
  public Termination.Staged toTermination(SandboxKind sandbox) {
    return staged.orElseGet(
        () -> new Termination.Staged(stage, layers, layerBytes, exportedBytes, sandbox, 0));
  }

  /** The outcome of a stage with this result. */
  public static StageOutcome of(StageResult result, Optional<Termination.Staged> staged) {
    return new StageOutcome(
        result.stage(),
        result.layers().size(),
        result.layers().stream().mapToLong(layer -> layer.blob().size()).sum(),
        result.exportedBytes(),
        staged);
  }
}
