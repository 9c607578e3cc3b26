package dev.stagewright.protocol;

/**
 * The result of a step, which a stage writes as {@link Workspace#step} when its layer is on the
 * workspace. Publish records it in the cache, also if a later step fails.
 *
 * <p>It is never replaced. If the Pod of the stage is lost, the next one continues after the last
 * step with a result: the layers of all results are those of one run, in which each step ran on the
 * files of the one before.
 *
 * @param layer layer of the step
 * @param millis duration of the step, including its layer, in milliseconds
 */
public record StepResult(StageResult.Layer layer, long millis) {}
