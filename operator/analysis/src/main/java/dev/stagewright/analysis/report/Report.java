package dev.stagewright.analysis.report;

import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.size.SizeReport;
import dev.stagewright.protocol.Json;
import java.util.List;

/**
 * What Stagewright knows about an image. Its JSON form has a version: properties may be added
 * within a version, but none is removed, renamed, or given another meaning.
 *
 * @param version {@link #VERSION}
 * @param image what the report is about
 * @param start whether the program can start
 * @param findings worst first
 * @param rules the rules that have findings
 * @param size why the image is as big as it is; has its layers and files
 * @param stages of the build; empty if it is unknown how the image was built
 */
public record Report(
    int version,
    ReportImage image,
    StartPrediction start,
    List<Finding> findings,
    List<Rule.Description> rules,
    SizeReport size,
    List<ReportStage> stages) {
  /** The version of the document that this code writes and reads. */
  public static final int VERSION = 1;

  /** The artifact type of a report that is attached to its image. */
  public static final String ARTIFACT_TYPE = "application/vnd.stagewright.report.v1+json";

  /** Copies the lists, and leaves out the rules without findings. */
  public Report {
    findings = List.copyOf(findings);
    stages = List.copyOf(stages);
    var used = findings.stream().map(Finding::rule).distinct().toList();
    rules = rules.stream().filter(rule -> used.contains(rule.id())).distinct().toList();
  }

  /** Starts a report about an image. */
  public static Builder builder(ReportImage image, SizeReport size) {
    return new Builder(image, size);
  }

  /** Starts a copy of this report. */
  public Builder toBuilder() {
    return builder(image, size).start(start).findings(findings, rules).stages(stages);
  }

  /** The number of findings of a severity. */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** The document as JSON on one line. File names are characters in it, if they are UTF-8. */
  public String json() {
    return DisplayText.decode(Json.write(this));
  }

  /**
   * Reads a document.
   *
   * @throws Json.MalformedJsonException if it is malformed, or has a later version
   */
  public static Report parse(String json) {
    return Json.read(json, Report.class);
  }

  /** Builds a report. */
  public static final class Builder {
    private final ReportImage image;
    private final SizeReport size;
    private StartPrediction start = StartPrediction.UNKNOWN;
    private List<Finding> findings = List.of();
    private List<Rule.Description> rules = List.of();
    private List<ReportStage> stages = List.of();

    private Builder(ReportImage image, SizeReport size) {
      this.image = image;
      this.size = size;
    }

    /** Sets whether the program can start. */
    public Builder start(StartPrediction value) {
      start = value;
      return this;
    }

    /**
     * Sets the findings.
     *
     * @param worstFirst all of them
     * @param descriptions of their rules, perhaps with others
     */
    public Builder findings(List<Finding> worstFirst, List<Rule.Description> descriptions) {
      findings = worstFirst;
      rules = descriptions;
      return this;
    }

    /** Sets the stages of the build. */
    public Builder stages(List<ReportStage> value) {
      stages = value;
      return this;
    }

    /** The report. */
    public Report build() {
      return new Report(VERSION, image, start, findings, rules, size, stages);
    }
  }
}
