package dev.stagewright.e2e.conformance.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Compares the history line by line. */
final class HistoryComparison {
  private HistoryComparison() {}

  static List<Difference> compare(JsonNode ours, JsonNode theirs, boolean createdCounts) {
    var differences = new ArrayList<Difference>();
    if (ours.size() != theirs.size()) {
      differences.add(
          new Difference("history", "-", ours.size() + " lines", theirs.size() + " lines"));
    }
    for (var i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
      var mine = ours.path(i);
      var other = theirs.path(i);
      check("history", i, line(mine, createdCounts), line(other, createdCounts), differences);
      check("history-comment", i, comment(mine), comment(other), differences);
    }
    return differences;
  }

  private static void check(
      String kind, int index, String ours, String theirs, List<Difference> differences) {
    if (!ours.equals(theirs)) {
      differences.add(new Difference(kind, "line " + index, ours, theirs));
    }
  }

  private static String comment(JsonNode entry) {
    return entry.path("comment").asText();
  }

  private static String line(JsonNode entry, boolean createdCounts) {
    if (entry.isMissingNode()) {
      return "none";
    }
    var line = new StringBuilder(entry.path("created_by").asText());
    line.append(entry.path("empty_layer").asBoolean() ? " empty" : " layer");
    if (entry.hasNonNull("author")) {
      line.append(" author=").append(entry.path("author").asText());
    }
    if (createdCounts) {
      line.append(" created=").append(entry.path("created").asText());
    }
    return line.toString();
  }
}
