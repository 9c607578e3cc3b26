package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.ChecksStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks of the image in one line. */
final class ChecksSummary {
  private ChecksSummary() {}

  static String of(ChecksStatus checks) {
    var parts = new ArrayList<String>();
    parts.addAll(start(checks.runnable()));
    var findings = new ArrayList<String>();
    addCount(findings, checks.errors(), "error");
    addCount(findings, checks.warnings(), "warning");
    addCount(findings, checks.hints(), "hint");
    parts.add(findings.isEmpty() ? "no findings" : String.join(", ", findings));
    if (checks.sizeRatio() != null) {
      parts.add("the largest stage is " + checks.sizeRatio() + " times as large");
    }
    return String.join("; ", parts);
  }

  private static List<String> start(@Nullable ConditionStatus runnable) {
    return switch (runnable) {
      case True -> List.of("can start");
      case False -> List.of("cannot start");
      case Unknown -> List.of("not known whether it can start");
      case null -> List.of();
    };
  }

  private static void addCount(List<String> findings, int count, String name) {
    if (count > 0) {
      findings.add(count + " " + name + (count == 1 ? "" : "s"));
    }
  }
}
