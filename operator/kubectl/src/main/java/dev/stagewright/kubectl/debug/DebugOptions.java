package dev.stagewright.kubectl.debug;

import java.time.Duration;
import java.util.Optional;

/**
 * What a user wants to debug with.
 *
 * @param image another image than that of the stage
 * @param script what the shell runs; empty for an interactive shell
 * @param timeout when the Pod ends at the latest
 */
public record DebugOptions(Optional<String> image, Optional<String> script, Duration timeout) {}
