package dev.stagewright.e2e.conformance.compare;

import dev.stagewright.e2e.conformance.image.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the number of layers and the names in each layer. */
final class LayerComparison {
  private LayerComparison() {}

  static List<Difference> compare(List<Layer> ours, List<Layer> theirs) {
    var differences = new ArrayList<Difference>();
    if (ours.size() != theirs.size()) {
      differences.add(
          new Difference("layers", "-", ours.size() + " layers", theirs.size() + " layers"));
      return differences;
    }
    for (var i = 0; i < ours.size(); i++) {
      compare(i, names(ours.get(i)), names(theirs.get(i)), differences);
    }
    return differences;
  }

  private static void compare(
      int index, Set<String> ours, Set<String> theirs, List<Difference> differences) {
    var all = new TreeSet<>(ours);
    all.addAll(theirs);
    for (var name : all) {
      if (!ours.contains(name) || !theirs.contains(name)) {
        differences.add(
            new Difference(
                "layer-names",
                name,
                presence(ours.contains(name), index),
                presence(theirs.contains(name), index)));
      }
    }
  }

  private static Set<String> names(Layer layer) {
    return layer.members().stream().map(Layer.Member::path).collect(Collectors.toSet());
  }

  private static String presence(boolean present, int index) {
    return (present ? "in layer " : "not in layer ") + index;
  }
}
