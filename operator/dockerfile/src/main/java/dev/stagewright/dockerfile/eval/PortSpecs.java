package dev.stagewright.dockerfile.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses the ports of EXPOSE: {@code 80}, {@code 80/udp}, {@code 8000-8002}, {@code
 * [ip:]host:container}.
 */
final class PortSpecs {
  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,9}");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");
  private static final int HIGHEST = 65_535;

  private PortSpecs() {}

  /**
   * The ports with their protocols, with ranges expanded.
   *
   * @throws IllegalArgumentException if a word is not a port
   */
  static List<String> parse(List<String> words) {
    var ports = new ArrayList<String>();
    for (var word : words) {
      add(ports, word);
    }
    return List.copyOf(ports);
  }

  private static void add(List<String> ports, String word) {
    int last = word.lastIndexOf(':');
    var container = word.substring(last + 1);
    int slash = container.indexOf('/');
    var port = slash < 0 ? container : container.substring(0, slash);
    if (port.isEmpty()) {
      throw new IllegalArgumentException("no port specified: " + container + "<empty>");
    }
    var protocol = slash < 0 ? "" : container.substring(slash + 1).toLowerCase(Locale.ROOT);
    if (!protocol.isEmpty() && !PROTOCOLS.contains(protocol)) {
      throw new IllegalArgumentException("invalid proto: " + protocol);
    }
    var range = range(port, "invalid containerPort: " + port);
    if (last >= 0) {
      checkHost(word.substring(0, last), port, range);
    }
    for (int number = range.first; number <= range.last; number++) {
      ports.add(number + "/" + (protocol.isEmpty() ? "tcp" : protocol));
    }
  }

  private static void checkHost(String host, String port, Range range) {
    int colon = host.lastIndexOf(':');
    var address = colon < 0 ? "" : host.substring(0, colon);
    var hostPort = host.substring(colon + 1);
    if (!address.isEmpty() && !ADDRESS.matcher(address).matches()) {
      throw new IllegalArgumentException("invalid IP address: " + address);
    }
    if (hostPort.isEmpty()) {
      return;
    }
    var hostRange = range(hostPort, "invalid hostPort: " + hostPort);
    if (hostRange.last - hostRange.first != range.last - range.first && range.last != range.first) {
      throw new IllegalArgumentException(
          "invalid ranges specified for container and host Ports: " + port + " and " + hostPort);
    }
  }

  private static Range range(String text, String message) {
    var ends = text.split("-", -1);
    if (ends.length > 2) {
      throw new IllegalArgumentException(message);
    }
    int first = port(ends[0], message);
    int last = port(ends[ends.length - 1], message);
    if (last < first) {
      throw new IllegalArgumentException(message);
    }
    return new Range(first, last);
  }

  private static int port(String text, String message) {
    if (!PORT.matcher(text).matches() || Integer.parseInt(text) > HIGHEST) {
      throw new IllegalArgumentException(message);
    }
    return Integer.parseInt(text);
  }

  private record Range(int first, int last) {}
}
