package dev.stagewright.e2e.conformance.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The content of {@code case.properties}; all keys are optional. */
public record CaseProperties(Map<String, String> values) {
  private static final Pattern KEY =
      Pattern.compile(
          "target|buildArg\\..+|secret\\..+|ssh|sourceDateEpoch|compression|fails|sandboxes|serve"
              + "|about");

  /**
   * Validates the keys.
   *
   * @throws IllegalArgumentException if a key is unknown
   */
  public CaseProperties {
    values = Map.copyOf(values);
    for (var key : values.keySet()) {
      if (!KEY.matcher(key).matches()) {
        throw new IllegalArgumentException("unknown key: " + key);
      }
    }
  }

  static CaseProperties read(Path file) throws IOException {
    var properties = new Properties();
    if (Files.exists(file)) {
      try (var reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    }
    var values = new TreeMap<String, String>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    try {
      return new CaseProperties(values);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** The target stage. */
  public Optional<String> target() {
    return get("target");
  }

  /** The build arguments, by name. */
  public Map<String, String> buildArgs() {
    return withPrefix("buildArg.");
  }

  /** The values of the secrets, by ID. */
  public Map<String, String> secrets() {
    return withPrefix("secret.");
  }

  /** Whether the build gets an SSH agent with a key. */
  public boolean ssh() {
    return is("ssh");
  }

  /** The time in seconds; later file times are set to it. */
  public Optional<Long> sourceDateEpoch() {
    return get("sourceDateEpoch").map(Long::valueOf);
  }

  /** {@code gzip} or {@code zstd}. */
  public Optional<String> compression() {
    return get("compression");
  }

  /** Part of the error message of Stagewright, if the build must fail. */
  public Optional<String> fails() {
    return get("fails");
  }

  /** Whether the folder {@code served} is served by HTTP. */
  public boolean serve() {
    return is("serve");
  }

  /** The sandboxes of Pods in which the case is built. */
  public Set<Sandbox> sandboxes() {
    var sandboxes = EnumSet.noneOf(Sandbox.class);
    for (var name : get("sandboxes").orElse("inPlace,userNamespace").split(",", -1)) {
      sandboxes.add(Sandbox.of(name.strip()));
    }
    return sandboxes;
  }

  private Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key)).map(String::strip);
  }

  private boolean is(String key) {
    return get(key).equals(Optional.of("true"));
  }

  private Map<String, String> withPrefix(String prefix) {
    var found = new TreeMap<String, String>();
    values.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        found.put(key.substring(prefix.length()), value);
      }
    });
    return found;
  }
}
