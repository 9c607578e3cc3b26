package dev.stagewright.worker.analysis;

import dev.stagewright.analysis.ImageAnalysis;
import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.size.SizeAnalysis;
import java.util.List;

/**
 * Finds files with a name.
 *
 * @param id of the rule
 * @param file name of the files in the root directory
 */
public record NameRule(String id, Severity severity, String file) implements Rule {
  /** A program that cannot start is a file {@code broken}; a secret is a file {@code key}. */
  public static final ImageAnalysis ANALYSIS =
      new ImageAnalysis(
          List.of(new NameRule("BrokenProgram", Severity.ERROR, "broken")),
          List.of(
              new NameRule("SecretInFile", Severity.ERROR, "key"),
              new NameRule("NoTimeZones", Severity.HINT, "app")),
          SizeAnalysis::report);

  @Override
  public List<Description> descriptions() {
    return List.of(new Description(id, severity, "a file is called " + file));
  }

  @Override
  public List<Finding> check(AnalyzedImage image) {
    return image.files().get(file).stream()
        .map(found ->
            new Finding(
                id,
                severity,
                Confidence.CERTAIN,
                Place.of(found),
                "there is a file " + file,
                "exec /" + file + ": no such file or directory",
                "remove it"))
        .toList();
  }
}
