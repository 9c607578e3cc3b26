package dev.stagewright.controller.observe;

import java.time.Instant;
import java.util.Optional;

/**
 * The build whose records a stage waits for.
 *
 * @param name name of the ImageBuild; empty if the operator was restarted and does not know it yet
 * @param until when the stage waits no longer; empty if the other Pod is at work
 */
public record AwaitedBuild(Optional<String> name, Optional<Instant> until) {}
