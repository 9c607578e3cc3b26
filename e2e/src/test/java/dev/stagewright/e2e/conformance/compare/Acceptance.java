package dev.stagewright.e2e.conformance.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A known difference and the reason why it is accepted. In patterns, {@code *} matches any text.
 *
 * @param cases patterns of the cases, {@code group/case}
 * @param kind pattern of the kind of the difference
 * @param path pattern of the path of the difference
 * @param sandbox pattern of the sandboxes with the difference; absent for all
 * @param reason one or two sentences
 */
public record Acceptance(
    @JsonProperty(required = true) List<String> cases,
    @JsonProperty(required = true) String kind,
    @JsonProperty(required = true) String path,
    @Nullable String sandbox,
    @JsonProperty(required = true) String reason) {

  /** Whether this entry matches a difference of a case. */
  boolean covers(String caseName, String sandboxName, Difference difference) {
    return cases.stream().anyMatch(pattern -> fits(pattern, caseName))
        && (sandbox == null || fits(sandbox, sandboxName))
        && fits(kind, difference.kind())
        && fits(path, difference.path());
  }

  private static boolean fits(String pattern, String text) {
    var regex =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.matches(regex, text);
  }

  @Override
  public String toString() {
    return "cases %s, kind %s, path %s".formatted(cases, kind, path);
  }
}
