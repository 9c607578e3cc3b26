package dev.stagewright.kubectl.chart;

import java.time.Instant;

/**
 * A stage began to wait for another.
 *
 * @param stage name of the other
 * @param since by the clock of the waiting stage's node
 */
public record Wait(String stage, Instant since) {}
