package dev.stagewright.worker.analysis;

import dev.stagewright.analysis.report.Report;
import java.util.Optional;

/**
 * What the checks know of an image.
 *
 * @param found what was found
 * @param report the whole report; empty if the layers were not read in this run
 */
public record Inspection(FoundInImage found, Optional<Report> report) {}
