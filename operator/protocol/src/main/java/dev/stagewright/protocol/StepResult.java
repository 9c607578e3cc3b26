package dev.stagewright.protocol;

/**
 * The result of a step, which a stage writes as {@link Workspace#step} when its layer is on the
 * workspace. Publish records it in the cache, also if a later step fails.
 *
 * @param layer layer of the step
 * @param millis duration of the step, including its layer, in milliseconds
 */
public record StepResult(StageResult.Layer layer, long millis) {}
