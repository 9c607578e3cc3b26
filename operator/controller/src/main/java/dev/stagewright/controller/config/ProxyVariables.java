package dev.stagewright.controller.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The variables by which programs are told of proxies; small letters do as well. */
final class ProxyVariables {
  private static final Set<String> NAMES = Set.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY");

  private ProxyVariables() {}

  /** Those of an environment, in capitals. */
  static Map<String, String> of(Map<String, String> environment) {
    var proxies = new TreeMap<String, String>();
    for (var name : NAMES) {
      var value =
          environment.getOrDefault(
              name, environment.getOrDefault(name.toLowerCase(Locale.ROOT), ""));
      if (!value.isEmpty()) {
        proxies.put(name, value);
      }
    }
    return proxies;
  }

  /**
   * Checks names.
   *
   * @throws IllegalArgumentException if one is another variable's
   */
  static void check(Collection<String> names) {
    names.stream()
        .filter(name -> !NAMES.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(
              "proxyEnvironment: there is no '"
                  + name
                  + "', only HTTP_PROXY, HTTPS_PROXY, NO_PROXY");
        });
  }

  /** Without passwords, for the log. */
  static Map<String, String> masked(Map<String, String> proxies) {
    var masked = new TreeMap<String, String>();
    proxies.forEach((name, value) -> masked.put(name, value.replaceAll("//[^/]*@", "//***@")));
    return masked;
  }
}
