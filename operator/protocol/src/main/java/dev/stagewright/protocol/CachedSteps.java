package dev.stagewright.protocol;

import java.util.List;
import java.util.Optional;

/**
 * The first steps of a stage, whose results are known, so that they do not run. Publish writes it
 * to the directory of the stage as {@link Workspace#CACHED} before the stage starts, and the layers
 * of the steps to {@link Workspace#BLOBS}. The stage lays the layers over its base, and continues
 * with the next step. If its Pod runs a {@link PrefixImage}, the files of the first layers are
 * there already, and only their details are on the workspace. A Pod without that image requests the
 * layers with {@link Workspace#LAYERS_REQUESTED}, and waits until publish has fetched them and
 * written this file again, or removed it, since they are gone.
 *
 * <p>If all steps are known, publish writes the {@link StageResult} itself, and the stage does not
 * run.
 *
 * @param stage id of the stage
 * @param steps number of known steps; 0 if there is none
 * @param layers the layer of each known step, in order
 * @param imageLayers number of layers that the image of the Pod has to contain, as in {@link
 *     PrefixImage#layers}; empty if all layers are on the workspace
 */
public record CachedSteps(
    String stage, int steps, List<StageResult.Layer> layers, Optional<Integer> imageLayers) {
  /** Known steps whose layers are all on the workspace. */
  public CachedSteps(String stage, int steps, List<StageResult.Layer> layers) {
    this(stage, steps, layers, Optional.empty());
  }
}
