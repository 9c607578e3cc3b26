package dev.stagewright.protocol;

import java.util.List;

/**
 * The first steps of a stage, whose results are known, so that they do not run. Publish writes it
 * to the directory of the stage as {@link Workspace#CACHED} before the stage starts, and the layers
 * of the steps to {@link Workspace#BLOBS}. The stage lays the layers over its base, and continues
 * with the next step. If its Pod runs a {@link PrefixImage}, the files of the first layers are
 * there already.
 *
 * <p>If all steps are known, publish writes the {@link StageResult} itself, and the stage does not
 * run.
 *
 * @param stage id of the stage
 * @param steps number of known steps; 0 if there is none
 * @param layers the layer of each known step, in order
 */
public record CachedSteps(String stage, int steps, List<StageResult.Layer> layers) {}
