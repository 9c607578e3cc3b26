package dev.stagewright.e2e.tutorial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The output that a page shows for a command. A line "…" stands for any lines. Digests, times, and
 * bars may differ, spaces may be more or fewer, and sizes may differ by a factor of two.
 */
public record ExpectedOutput(String text) {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?<digest>[0-9a-f]{12,64}…?)"
              + "|(?<time>(?:\\d+h)?(?:\\d+m)?\\d+(?:\\.\\d+)?s\\b)"
              + "|(?<size>\\d+(?:\\.\\d+)? (?:B|kB|MB|GB)\\b)"
              + "|(?<bar>[#█░·▶]+)"
              + "|(?<space>\\s+)"
              + "|(?<other>.)");
  private static final String SIZE = "(\\d+(?:\\.\\d+)? (?:B|kB|MB|GB))";

  /** Says what differs, if something does. */
  public Optional<String> difference(String actual) {
    var sizes = new ArrayList<String>();
    var regex =
        String.join(
            "\\R",
            text.lines()
                .map(line -> line.strip().equals("…") ? "(?s:.*?)" : regex(line.strip(), sizes))
                .toList());
    var trimmed = String.join("\n", actual.lines().map(String::strip).toList()).strip();
    var matcher = Pattern.compile(regex).matcher(trimmed);
    if (!matcher.matches()) {
      return Optional.of("the output is not that of the page:\n" + actual);
    }
    return differentSize(sizes, matcher);
  }

  private static String regex(String line, List<String> sizes) {
    var regex = new StringBuilder();
    var parts = VARIABLE.matcher(line);
    while (parts.find()) {
      if (parts.group("digest") != null) {
        regex.append("[0-9a-f]+…?");
      } else if (parts.group("time") != null) {
        regex.append("(?:\\d+h)?(?:\\d+m)?\\d+(?:\\.\\d+)?m?s");
      } else if (parts.group("size") != null) {
        sizes.add(parts.group());
        regex.append(SIZE);
      } else if (parts.group("bar") != null) {
        regex.append("[#█░·▶]*");
      } else {
        regex.append(parts.group("space") != null ? "\\s+" : Pattern.quote(parts.group()));
      }
    }
    return regex.toString();
  }

  private static Optional<String> differentSize(List<String> sizes, Matcher matcher) {
    for (var i = 0; i < sizes.size(); i++) {
      var ratio = bytes(matcher.group(i + 1)) / bytes(sizes.get(i));
      if (ratio < 0.5 || ratio > 2) {
        return Optional.of(
            "%s is not about the size on the page, %s"
                .formatted(matcher.group(i + 1), sizes.get(i)));
      }
    }
    return Optional.empty();
  }

  private static double bytes(String size) {
    var parts = size.split(" ", -1);
    var unit = List.of("B", "kB", "MB", "GB").indexOf(parts[1]);
    return Double.parseDouble(parts[0]) * Math.pow(1000, unit);
  }
}
