package dev.stagewright.e2e.conformance.compare;

import java.util.ArrayList;
import java.util.List;

/** Compares all parts of two images of the same Dockerfile. */
public final class ImageComparison {
  private ImageComparison() {}

  /**
   * Compares the image of Stagewright with the image of BuildKit.
   *
   * @param createdCounts whether the build sets the creation times, so that they must be equal
   */
  public static List<Difference> compare(Built ours, Built theirs, boolean createdCounts) {
    var differences = new ArrayList<Difference>();
    differences.addAll(new TreeComparison(ours, theirs).differences());
    differences.addAll(LayerComparison.compare(ours.image().layers(), theirs.image().layers()));
    differences.addAll(
        ConfigComparison.compare(ours.image().config(), theirs.image().config(), createdCounts));
    differences.addAll(
        HistoryComparison.compare(
            ours.image().config().at("/history"),
            theirs.image().config().at("/history"),
            createdCounts));
    return differences;
  }
}
