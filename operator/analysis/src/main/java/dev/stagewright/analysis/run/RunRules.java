package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.image.AnalyzedImage;
import java.util.Arrays;
import java.util.List;

/** Will it run? */
public final class RunRules implements Rule {
  @Override
  public List<Description> descriptions() {
    return Arrays.stream(RunRule.values()).map(RunRule::description).toList();
  }

  @Override
  public List<Finding> check(AnalyzedImage image) {
    return StartPrediction.of(image).findings();
  }
}
