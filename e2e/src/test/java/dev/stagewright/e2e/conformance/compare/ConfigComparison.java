package dev.stagewright.e2e.conformance.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares image configurations key by key. A missing key and an empty value are equal. */
final class ConfigComparison {
  /** Keys that are compared elsewhere or with other rules. */
  private static final Set<String> APART = Set.of("config", "history", "rootfs", "created");

  private ConfigComparison() {}

  static List<Difference> compare(JsonNode ours, JsonNode theirs, boolean createdCounts) {
    var differences = new ArrayList<Difference>();
    for (var key : keys(ours, theirs)) {
      if (!APART.contains(key) || (createdCounts && key.equals("created"))) {
        compare("config." + key, ours.path(key), theirs.path(key), differences);
      }
    }
    var mine = ours.path("config");
    var other = theirs.path("config");
    for (var key : keys(mine, other)) {
      compare("config." + key, mine.path(key), other.path(key), differences);
    }
    return differences;
  }

  private static Set<String> keys(JsonNode ours, JsonNode theirs) {
    var keys = new TreeSet<String>();
    ours.fieldNames().forEachRemaining(keys::add);
    theirs.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static void compare(
      String kind, JsonNode ours, JsonNode theirs, List<Difference> differences) {
    if (!ours.equals(theirs) && !(isNothing(ours) && isNothing(theirs))) {
      differences.add(new Difference(kind, "-", text(ours), text(theirs)));
    }
  }

  private static boolean isNothing(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.asText().isEmpty())
        || (value.isBoolean() && !value.asBoolean());
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() ? "none" : value.toString();
  }
}
