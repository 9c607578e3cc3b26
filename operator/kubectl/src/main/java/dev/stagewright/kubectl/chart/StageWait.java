package dev.stagewright.kubectl.chart;

import java.time.Instant;

/**
 * The start of a wait of one stage for another.
 *
 * @param stage name of the awaited stage
 * @param since start time, by the clock of the node of the waiting stage
 */
public record StageWait(String stage, Instant since) {}
