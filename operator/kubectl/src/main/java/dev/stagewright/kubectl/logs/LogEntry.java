package dev.stagewright.kubectl.logs;

import java.time.Instant;
import java.util.Optional;

/**
 * A log line with its source.
 *
 * @param source {@code prepare}, {@code publish}, or the name of the stage
 * @param startsStep whether the line is the first one of a step: its instruction
 */
public record LogEntry(String source, Optional<Instant> time, boolean startsStep, String text) {}
