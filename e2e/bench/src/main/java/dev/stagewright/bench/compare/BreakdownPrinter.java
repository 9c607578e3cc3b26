package dev.stagewright.bench.compare;

import dev.stagewright.bench.compare.result.Sample;
import dev.stagewright.bench.compare.result.WorkloadResult;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats the course and the processor time of the build with the middle duration. */
final class BreakdownPrinter {
  private BreakdownPrinter() {}

  /** The breakdown of a builder's samples; empty without samples. */
  static String format(WorkloadResult result, String builder) {
    return result.middle(builder).map(BreakdownPrinter::format).orElse("");
  }

  private static String format(Sample sample) {
    return String.format(
            Locale.ROOT,
            "  %s, round %d, %.2f s, processor seconds by component:%n",
            sample.builder(),
            sample.round(),
            sample.seconds())
        + seconds(sample.cpuSeconds())
        + (sample.podCpuSeconds().isEmpty() ? "" : "  Pods and their containers:\n")
        + seconds(sample.podCpuSeconds())
        + moments(sample);
  }

  private static String seconds(Map<String, Double> values) {
    return values.entrySet().stream()
        .map(
            value -> String.format(Locale.ROOT, "%10.2f s  %s%n", value.getValue(), value.getKey()))
        .collect(Collectors.joining());
  }

  private static String moments(Sample sample) {
    var text = new StringBuilder();
    var previous = 0L;
    for (var moment : sample.moments()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%10.3f s  +%4d ms  %-14s %s%n",
              moment.milliseconds() / 1e3,
              moment.milliseconds() - previous,
              moment.subject(),
              moment.event()));
      previous = moment.milliseconds();
    }
    return text.toString();
  }
}
