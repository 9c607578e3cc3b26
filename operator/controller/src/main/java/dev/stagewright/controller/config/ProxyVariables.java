package dev.stagewright.controller.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The environment variables for proxies, in upper or lower case. */
final class ProxyVariables {
  private static final Set<String> NAMES = Set.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY");

  private ProxyVariables() {}

  /** The proxy variables of an environment, with upper-case names. */
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
   * Checks the names of variables.
   *
   * @throws IllegalArgumentException if one is not a proxy variable
   */
  static void check(Collection<String> names) {
    names.stream()
        .filter(name -> !NAMES.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(
              "proxyEnvironment: '"
                  + name
                  + "' is not a proxy variable; use HTTP_PROXY, HTTPS_PROXY or NO_PROXY");
        });
  }

  /** The variables without passwords, for the log. */
  static Map<String, String> masked(Map<String, String> proxies) {
    var masked = new TreeMap<String, String>();
    proxies.forEach((name, value) -> masked.put(name, value.replaceAll("//[^/]*@", "//***@")));
    return masked;
  }
}
