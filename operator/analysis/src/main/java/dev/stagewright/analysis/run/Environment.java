package dev.stagewright.analysis.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The environment variables that a container gets from its image. */
record Environment(Map<String, String> variables) {
  /** The PATH that containerd sets if the image has none. */
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  Environment {
    variables = Map.copyOf(variables);
  }

  /** The last value of a name wins, as in runc. */
  static Environment of(List<String> env) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("PATH", DEFAULT_PATH);
    for (var variable : env) {
      var equals = variable.indexOf('=');
      if (equals > 0) {
        variables.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return new Environment(variables);
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /** The folders in PATH; an empty element is the working directory. */
  List<String> path() {
    return folders("PATH");
  }

  /** The folders in LD_LIBRARY_PATH. */
  List<String> libraryPath() {
    return folders("LD_LIBRARY_PATH");
  }

  private List<String> folders(String name) {
    var value = variables.getOrDefault(name, "");
    return value.isEmpty()
        ? List.of()
        : List.of(value.split("[:]", -1)).stream().map(it -> it.isEmpty() ? "." : it).toList();
  }
}
