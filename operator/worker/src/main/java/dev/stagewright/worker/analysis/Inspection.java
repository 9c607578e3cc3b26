package dev.stagewright.worker.analysis;

import java.util.Optional;

/**
 * What the checks know of an image.
 *
 * @param found what was found
 * @param report the documents of the whole report; empty if the layers were not read in this run
 */
public record Inspection(FoundInImage found, Optional<ReportDocuments> report) {}
