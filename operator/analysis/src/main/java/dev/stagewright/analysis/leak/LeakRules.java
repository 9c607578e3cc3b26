package dev.stagewright.analysis.leak;

import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.image.AnalyzedImage;
import java.util.List;
import java.util.stream.Stream;

/** Looks for what must not be in an image. Findings never contain the values of secrets. */
public final class LeakRules implements Rule {
  @Override
  public List<Description> descriptions() {
    return Stream.of(LeakRule.values()).map(LeakRule::description).toList();
  }

  @Override
  public List<Finding> check(AnalyzedImage image) {
    return Stream.of(
            new SecretFiles(image).findings(),
            new ConfigSecrets(image).findings(),
            new SetuidFiles(image).findings(),
            new WorldWritableFiles(image).findings(),
            new UnknownOwners(image).findings())
        .flatMap(List::stream)
        .toList();
  }
}
