package dev.stagewright.registry.auth;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses a header according to RFC 9110 §11.6.1: schemes, each with a list of parameters. */
final class ChallengeReader {
  private static final Pattern SCHEME =
      Pattern.compile("\\G[\\s,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?=\\s|,|$)");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\G[\\s,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");

  private final String header;

  ChallengeReader(String header) {
    this.header = header;
  }

  void readInto(List<Challenge> challenges) {
    var scheme = SCHEME.matcher(header);
    var position = 0;
    while (scheme.find(position)) {
      var parameters = new HashMap<String, String>();
      position = parameters(scheme.end(), parameters);
      challenge(scheme.group(1), parameters).ifPresent(challenges::add);
    }
  }

  private int parameters(int from, Map<String, String> parameters) {
    var parameter = PARAMETER.matcher(header);
    var position = from;
    while (parameter.find(position)) {
      var quoted = Optional.ofNullable(parameter.group(2)).map(t -> t.replaceAll("\\\\(.)", "$1"));
      var value = quoted.or(() -> Optional.ofNullable(parameter.group(3))).orElse("");
      parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), value);
      position = parameter.end();
    }
    return position;
  }

  private static Optional<Challenge> challenge(String scheme, Map<String, String> parameters) {
    var service = Optional.ofNullable(parameters.get("service"));
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "bearer" ->
          Optional.ofNullable(parameters.get("realm"))
              .map(realm -> new Challenge.Bearer(realm, service));
      case "basic" -> Optional.of(new Challenge.Basic());
      default -> Optional.empty();
    };
  }
}
