package dev.stagewright.analysis.missing;

import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.image.AnalyzedImage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for files that the program of an image probably needs. */
public final class MissingRules implements Rule {
  @Override
  public List<Description> descriptions() {
    return Stream.of(MissingRule.values()).map(MissingRule::description).toList();
  }

  @Override
  public List<Finding> check(AnalyzedImage image) {
    // What is missing in an incomplete list of files may be in the image.
    if (image.layers().stream().anyMatch(layer -> !layer.content().complete())) {
      return List.of();
    }
    var program = ProgramFacts.of(image);
    return Stream.of(
            new Certificates(program).finding(),
            new TimeZones(program).finding(),
            new TemporaryDirectory(program).finding(),
            new PasswdEntry(program).finding(),
            new Resolver(program).finding(),
            new Locales(program).finding())
        .flatMap(Optional::stream)
        .toList();
  }
}
