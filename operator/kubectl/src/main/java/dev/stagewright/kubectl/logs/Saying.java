package dev.stagewright.kubectl.logs;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of a log with who says it.
 *
 * @param speaker {@code prepare}, {@code push}, or the stage's name
 * @param beginsStep whether it is the first line of a step: its instruction
 */
record Saying(String speaker, Optional<Instant> time, boolean beginsStep, String text) {}
