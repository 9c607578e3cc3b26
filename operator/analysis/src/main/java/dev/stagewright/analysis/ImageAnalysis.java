package dev.stagewright.analysis;

import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.leak.LeakRules;
import dev.stagewright.analysis.missing.MissingRules;
import dev.stagewright.analysis.run.RunRules;
import dev.stagewright.analysis.size.SizeAnalysis;
import dev.stagewright.analysis.size.SizeReport;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules together, and the report about the size. */
public final class ImageAnalysis {
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::confidence)
          .thenComparing(Finding::rule)
          .thenComparing(finding -> finding.place().path().orElse(""));

  private final List<Rule> start;
  private final List<Rule> others;
  private final Function<AnalyzedImage, SizeReport> sizes;
  private final Set<String> startIds;

  /**
   * Creates an analysis.
   *
   * @param start rules that say whether the program of an image can start
   * @param others all other rules
   * @param sizes explains the size of an image
   */
  public ImageAnalysis(
      List<Rule> start, List<Rule> others, Function<AnalyzedImage, SizeReport> sizes) {
    this.start = List.copyOf(start);
    this.others = List.copyOf(others);
    this.sizes = sizes;
    this.startIds = ids(this.start).collect(Collectors.toUnmodifiableSet());
  }

  /** All rules. */
  public static ImageAnalysis standard() {
    return new ImageAnalysis(
        List.of(new RunRules()),
        List.of(new LeakRules(), new MissingRules()),
        SizeAnalysis::report);
  }

  /** The findings of all rules, worst first. */
  public List<Finding> findings(AnalyzedImage image) {
    return rules().flatMap(rule -> rule.check(image).stream()).sorted(WORST_FIRST).toList();
  }

  /** Why the image is as large as it is. */
  public SizeReport size(AnalyzedImage image) {
    return sizes.apply(image);
  }

  /** Whether the findings of a rule say that the program of the image cannot start. */
  public boolean isAboutStart(String rule) {
    return startIds.contains(rule);
  }

  /** The documentation of all rules, those about the start first. */
  public List<Rule.Description> descriptions() {
    return rules().flatMap(rule -> rule.descriptions().stream()).toList();
  }

  private Stream<Rule> rules() {
    return Stream.concat(start.stream(), others.stream());
  }

  private static Stream<String> ids(List<Rule> rules) {
    return rules.stream().flatMap(rule -> rule.descriptions().stream()).map(Rule.Description::id);
  }
}
