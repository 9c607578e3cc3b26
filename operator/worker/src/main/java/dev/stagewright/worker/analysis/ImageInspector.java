package dev.stagewright.worker.analysis;

import dev.stagewright.analysis.ImageAnalysis;
import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.analysis.report.Report;
import dev.stagewright.analysis.report.ReportImage;
import dev.stagewright.analysis.report.ReportStage;
import dev.stagewright.analysis.report.StartPrediction;
import dev.stagewright.analysis.size.Saving;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.ImageChecks.Verdict;
import dev.stagewright.protocol.PrintableText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;

/**
 * Applies all rules to an image, and converts what they find for the status.
 *
 * @param lines finds the line of the last instruction with the first of some names that exists; 0
 *     if there is none
 */
public record ImageInspector(ImageAnalysis analysis, ToIntFunction<List<String>> lines) {
  private static final int LARGEST_MESSAGE = 1000;
  private static final int LARGEST_PATH = 500;

  /**
   * What is in an image, all of whose layers were read.
   *
   * @param reference name of the image
   * @param digest of its manifest
   * @param stages of the build
   */
  public Inspection inspect(
      AnalyzedImage image, String reference, Digest digest, List<ReportStage> stages) {
    var sizing = CompletableFuture.supplyAsync(() -> analysis.size(image));
    var findings = analysis.findings(image);
    var start = StartPrediction.of(findings, analysis::isAboutStart);
    var size = sizing.join();
    var found =
        new FoundInImage(
            verdict(start.outcome()),
            size.largestSaving().map(ImageInspector::saving),
            findings.stream().map(finding -> of(finding, line(finding, image))).toList());
    var report =
        Report.builder(
                ReportImage.of(reference, Optional.of(digest.toString()), image.config()), size)
            .start(start)
            .findings(findings, analysis.descriptions())
            .stages(stages)
            .build();
    return new Inspection(found, Optional.of(report));
  }

  private static ImageChecks.Saving saving(Saving saving) {
    return new ImageChecks.Saving(
        saving.amount().compressedBytes(), text(saving.message() + "; " + saving.fix()));
  }

  private static Verdict verdict(StartPrediction.Outcome outcome) {
    return switch (outcome) {
      case RUNS -> Verdict.RUNS;
      case DOES_NOT_RUN -> Verdict.DOES_NOT_RUN;
      case DEPENDS, UNKNOWN -> Verdict.UNKNOWN;
    };
  }

  private static ImageChecks.Finding of(Finding finding, int line) {
    return new ImageChecks.Finding(
        finding.rule(),
        severity(finding),
        text(finding.message()),
        finding.place().path().map(path -> PrintableText.line(path, LARGEST_PATH)),
        line,
        optional(finding.symptom()),
        optional(finding.fix()));
  }

  private int line(Finding finding, AnalyzedImage image) {
    return finding
        .place()
        .layer()
        .map(layer -> image.layers().get(layer).origin())
        .flatMap(LayerOrigin::line)
        .orElseGet(() -> lines.applyAsInt(instructions(finding.rule())));
  }

  private List<String> instructions(String rule) {
    return analysis.descriptions().stream()
        .filter(description -> description.id().equals(rule))
        .map(Rule.Description::instructions)
        .findFirst()
        .orElse(List.of());
  }

  /** What depends on the Pod or on what the program does must not fail a build. */
  private static ImageChecks.Severity severity(Finding finding) {
    return switch (finding.severity()) {
      case ERROR ->
          finding.confidence() == Confidence.POSSIBLE
              ? ImageChecks.Severity.WARNING
              : ImageChecks.Severity.ERROR;
      case WARNING -> ImageChecks.Severity.WARNING;
      case HINT -> ImageChecks.Severity.HINT;
    };
  }

  private static Optional<String> optional(String text) {
    return Optional.of(text).filter(it -> !it.isEmpty()).map(ImageInspector::text);
  }

  private static String text(String text) {
    return PrintableText.message(text, LARGEST_MESSAGE);
  }
}
