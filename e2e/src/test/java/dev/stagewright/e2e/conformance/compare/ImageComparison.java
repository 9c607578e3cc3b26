package dev.stagewright.e2e.conformance.compare;

import java.util.ArrayList;
import java.util.List;

/** Everything in which two images of one Dockerfile differ. */
public final class ImageComparison {
  private ImageComparison() {}

  /**
   * Compares Stagewright's image with BuildKit's.
   *
   * @param createdCounts whether times of creation are fixed by the build, and so have to be equal
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
