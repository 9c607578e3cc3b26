package dev.stagewright.analysis.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The layout of a treemap. */
class SquarifyTest {
  private static final Box BOX = new Box(10, 20, 600, 400);

  @Property(seed = "1")
  void areasAreProportionalAndWithinTheBox(
      @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 1, max = 1_000_000_000_000L) Long> sizes) {
    var sorted = sizes.stream().sorted(Comparator.reverseOrder()).toList();
    var total = sorted.stream().mapToDouble(Long::doubleValue).sum();

    var boxes = Squarify.split(BOX, sorted);

    assertThat(boxes).hasSameSizeAs(sorted);
    for (var i = 0; i < boxes.size(); i++) {
      var box = boxes.get(i);
      assertThat(box.area()).isCloseTo(BOX.area() * sorted.get(i) / total, within(0.01));
      assertThat(box.x()).isBetween(9.999, 610.001);
      assertThat(box.y()).isBetween(19.999, 420.001);
      assertThat(box.x() + box.width()).isLessThan(610.001);
      assertThat(box.y() + box.height()).isLessThan(420.001);
    }
  }

  @Test
  void partsAreNearlySquare() {
    // The example of the paper.
    var boxes = Squarify.split(new Box(0, 0, 6, 4), List.of(6L, 6L, 4L, 3L, 2L, 2L, 1L));

    assertThat(boxes)
        .allSatisfy(box ->
            assertThat(Math.max(box.width() / box.height(), box.height() / box.width()))
                .isLessThan(3));
  }
}
