package dev.stagewright.dockerfile.eval;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The proxy variables among the build arguments. Every RUN has them, in upper and lower case,
 * without an ARG.
 *
 * @param values by name of the variable
 */
record ProxyArgs(Map<String, String> values) {
  private static final Set<String> NAMES =
      Set.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY");

  static ProxyArgs of(Map<String, String> buildArgs) {
    var values = new LinkedHashMap<String, String>();
    new TreeMap<>(buildArgs)
        .forEach((name, value) -> {
          var upper = name.toUpperCase(Locale.ROOT);
          if (NAMES.contains(upper)) {
            values.put(upper, value);
            values.put(upper.toLowerCase(Locale.ROOT), value);
          }
        });
    values.values().removeIf(String::isEmpty);
    return new ProxyArgs(values);
  }

  /** The names of the variables that no ARG declares. */
  Set<String> undeclared(Set<String> declared) {
    var names = new HashSet<>(values.keySet());
    names.removeAll(declared);
    return names;
  }
}
