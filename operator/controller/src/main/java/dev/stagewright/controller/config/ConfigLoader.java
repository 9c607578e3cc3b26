package dev.stagewright.controller.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Finds the configuration: the file named by {@code --config}, else by {@code STAGEWRIGHT_CONFIG},
 * else nothing but defaults and environment.
 *
 * @param environment of the process
 */
public record ConfigLoader(Map<String, String> environment) {
  private static final String OPTION = "--config";

  /**
   * Loads the configuration.
   *
   * @param arguments of the operator's command line
   * @throws IllegalArgumentException if something is wrong with it; fit for the user's eyes
   * @throws IOException if the file cannot be read
   */
  public OperatorConfig load(List<String> arguments) throws IOException {
    return file(arguments).toConfig(environment);
  }

  private ConfigFile file(List<String> arguments) throws IOException {
    if (!arguments.isEmpty()) {
      if (arguments.size() != 2 || !arguments.getFirst().equals(OPTION)) {
        throw new IllegalArgumentException("usage: operator [--config FILE]");
      }
      return ConfigFile.read(Path.of(arguments.get(1)));
    }
    var named = environment.get(OperatorConfig.FILE_VARIABLE);
    return named == null ? ConfigFile.empty() : ConfigFile.read(Path.of(named));
  }
}
