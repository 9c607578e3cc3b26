package dev.stagewright.stage;

import dev.stagewright.stage.base.BaseImages;
import dev.stagewright.stage.mount.MountFolders;
import java.util.function.LongSupplier;

/**
 * The environment in which a stage runs: a container of its own, or a part of the worker.
 *
 * @param folders directories of the workspace
 * @param mounts directories for {@code RUN --mount}
 * @param bases provides the files of base images
 * @param imageLayers number of layers of steps whose files these bases contain
 * @param ageMillis time since the start, in milliseconds
 */
record StageEnvironment(
    StageFolders folders,
    MountFolders mounts,
    BaseImages bases,
    int imageLayers,
    LongSupplier ageMillis) {}
