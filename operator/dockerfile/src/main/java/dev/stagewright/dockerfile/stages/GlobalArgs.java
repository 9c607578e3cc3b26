package dev.stagewright.dockerfile.stages;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.expand.ExpansionException;
import dev.stagewright.dockerfile.expand.Variables;
import dev.stagewright.dockerfile.expand.WordExpander;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The build arguments in the global scope: the platform arguments, and the ARG instructions before
 * the first FROM.
 *
 * @param values of the arguments that have a value
 * @param declared names of the ARG instructions before the first FROM, with or without a value
 */
public record GlobalArgs(Map<String, String> values, Set<String> declared) {
  /** Copies the collections; keeps their order. */
  public GlobalArgs {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    declared = Collections.unmodifiableSet(new LinkedHashSet<>(declared));
  }

  /**
   * Evaluates the global arguments.
   *
   * @throws DockerfileException if a default cannot be expanded
   */
  public static GlobalArgs of(Dockerfile dockerfile, BuildOptions options) {
    return of(dockerfile, options, options.buildArgs());
  }

  /** Evaluates the global arguments without the build arguments of the user. */
  public static GlobalArgs defaults(Dockerfile dockerfile, BuildOptions options) {
    return of(dockerfile, options, Map.of());
  }

  /** The arguments as variables for expansion. */
  public Variables variables() {
    return Variables.of(values);
  }

  private static GlobalArgs of(
      Dockerfile dockerfile, BuildOptions options, Map<String, String> given) {
    var values = platformArgs(dockerfile, options);
    var declared = new LinkedHashSet<String>();
    var expander = new WordExpander(dockerfile.escape());
    for (var arg : dockerfile.globalArgs()) {
      for (var declaration : arg.declarations()) {
        var name = declaration.name();
        declared.add(name);
        try {
          Optional<String> value =
              given.containsKey(name)
                  ? Optional.of(given.getOrDefault(name, ""))
                  : declaration
                      .value()
                      .map(word -> expander.expand(word, Variables.of(values)).text());
          value.ifPresent(v -> values.put(name, v));
        } catch (ExpansionException e) {
          throw new DockerfileException(
              arg.position(), String.valueOf(e.getMessage()), declaration.toString());
        }
      }
    }
    return new GlobalArgs(values, declared);
  }

  private static Map<String, String> platformArgs(Dockerfile dockerfile, BuildOptions options) {
    var values = new LinkedHashMap<String, String>();
    put(values, "BUILD", options.buildPlatform());
    put(values, "TARGET", options.targetPlatform());
    var last = dockerfile.stages().getLast().from().name();
    values.put("TARGETSTAGE", options.target().or(() -> last).orElse("default"));
    values.replaceAll((name, value) -> options.buildArgs().getOrDefault(name, value));
    return values;
  }

  private static void put(Map<String, String> values, String prefix, PlatformId platform) {
    values.put(prefix + "PLATFORM", platform.toString());
    values.put(prefix + "OS", platform.os());
    values.put(prefix + "OSVERSION", platform.osVersion());
    values.put(prefix + "ARCH", platform.architecture());
    values.put(prefix + "VARIANT", platform.variant());
  }
}
