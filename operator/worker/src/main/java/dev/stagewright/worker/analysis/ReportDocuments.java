package dev.stagewright.worker.analysis;

import dev.stagewright.analysis.report.Report;
import dev.stagewright.analysis.report.SarifReport;
import java.nio.charset.StandardCharsets;

/**
 * The documents of a report.
 *
 * @param json the report; not to be modified
 * @param sarif its findings; not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReportDocuments(byte[] json, byte[] sarif) {
  /** Writes the documents of a report. */
  public static ReportDocuments of(Report report) {
    return new ReportDocuments(
        report.json().getBytes(StandardCharsets.UTF_8),
        new SarifReport(report, "Dockerfile").json().getBytes(StandardCharsets.UTF_8));
  }
}
