package dev.stagewright.kubectl;

import dev.stagewright.kubectl.cluster.Installation;
import dev.stagewright.kubectl.cluster.Installation.Finding;
import dev.stagewright.kubectl.cluster.Installation.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The lines of {@code stagewright version}.
 *
 * @param client version of this program
 */
record VersionReport(String client) {
  private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+)\\.(\\d+)(?:[-+].*)?");

  List<String> lines() {
    return List.of("client    " + client);
  }

  List<String> lines(Installation installation) {
    var lines = new ArrayList<>(lines());
    lines.add(
        "crd       "
            + switch (installation.crd()) {
              case Finding.Found<String>(var version) -> version;
              case Finding.Unknown<String>(var reason) -> "unknown: " + reason;
            });
    switch (installation.operators()) {
      case Finding.Unknown<List<Operator>>(var reason) -> lines.add("operator  unknown: " + reason);
      case Finding.Found<List<Operator>>(var operators) -> {
        if (operators.isEmpty()) {
          lines.add("operator  none is installed");
        }
        operators.forEach(operator -> lines.add(describe(operator)));
        if (installation.crd() instanceof Finding.Found<String>(var crd)) {
          operators.forEach(operator -> warn(operator, crd, lines));
        }
      }
    }
    return lines;
  }

  private static String describe(Operator operator) {
    return "operator  %s  %s, %d of %d ready"
        .formatted(
            operator.version().orElse("unknown version"),
            operator.name(),
            operator.ready(),
            operator.replicas());
  }

  private static void warn(Operator operator, String crd, List<String> lines) {
    operator
        .version()
        .filter(version -> compare(version, crd).filter(order -> order > 0).isPresent())
        .ifPresent(version ->
            lines.add(
                "WARNING: the operator %s (%s) is newer than the CRD (%s), so the API server drops fields that it does not know: apply the CRD of %2$s"
                    .formatted(operator.name(), version, crd)));
  }

  /** Compares versions such as 1.2.3, ignoring suffixes; empty if one is no such version. */
  static Optional<Integer> compare(String one, String other) {
    var first = VERSION.matcher(one);
    var second = VERSION.matcher(other);
    if (!first.matches() || !second.matches()) {
      return Optional.empty();
    }
    for (int group = 1; group <= 3; group++) {
      var order =
          Integer.compare(
              Integer.parseInt(first.group(group)), Integer.parseInt(second.group(group)));
      if (order != 0) {
        return Optional.of(order);
      }
    }
    return Optional.of(0);
  }
}
