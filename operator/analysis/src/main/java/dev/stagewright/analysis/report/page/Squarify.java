package dev.stagewright.analysis.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a rectangle into parts of given sizes that are as square as possible: the squarified
 * treemap of Bruls, Huizing, and van Wijk.
 */
final class Squarify {
  private final List<Box> boxes = new ArrayList<>();

  /** The part of the rectangle without boxes. */
  private Box free;

  private Squarify(Box free) {
    this.free = free;
  }

  /**
   * The parts.
   *
   * @param sizes positive, the largest first
   */
  static List<Box> split(Box box, List<Long> sizes) {
    var total = sizes.stream().mapToLong(Long::longValue).sum();
    if (total == 0 || box.area() == 0) {
      return sizes.stream().map(_ -> new Box(box.x(), box.y(), 0, 0)).toList();
    }
    var areas = sizes.stream().map(size -> box.area() * size / total).toList();
    var layout = new Squarify(box);
    layout.place(areas);
    return layout.boxes;
  }

  private void place(List<Double> areas) {
    var from = 0;
    while (from < areas.size()) {
      var to = from + 1;
      while (to < areas.size()
          && worst(areas.subList(from, to + 1)) <= worst(areas.subList(from, to))) {
        to++;
      }
      var row = areas.subList(from, to);
      placeRow(row, sum(row) / sum(areas.subList(from, areas.size())));
      from = to;
    }
  }

  /** The worst ratio of the sides, if these areas share a row along the shorter side. */
  private double worst(List<Double> row) {
    var sum = sum(row);
    var side = Math.min(free.width(), free.height());
    var thickness = sum / side;
    return row.stream()
        .mapToDouble(area -> area / thickness)
        .map(length -> Math.max(length / thickness, thickness / length))
        .max()
        .orElse(Double.MAX_VALUE);
  }

  /**
   * Places a row on a share of what is free. With absolute lengths instead, the rounding errors of
   * earlier rows would matter when the rest is thin, and the last boxes would exceed the rectangle.
   */
  private void placeRow(List<Double> row, double share) {
    var sum = sum(row);
    var vertical = free.width() >= free.height();
    var side = vertical ? free.height() : free.width();
    var thickness = share * (vertical ? free.width() : free.height());
    var at = 0.0;
    for (var area : row) {
      var length = side * area / sum;
      boxes.add(
          vertical
              ? new Box(free.x(), free.y() + at, thickness, length)
              : new Box(free.x() + at, free.y(), length, thickness));
      at += length;
    }
    free =
        vertical
            ? new Box(free.x() + thickness, free.y(), free.width() - thickness, free.height())
            : new Box(free.x(), free.y() + thickness, free.width(), free.height() - thickness);
  }

  private static double sum(List<Double> areas) {
    return areas.stream().mapToDouble(Double::doubleValue).sum();
  }
}
