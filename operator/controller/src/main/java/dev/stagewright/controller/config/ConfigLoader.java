package dev.stagewright.controller.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Loads the configuration from the file of {@code --config} or {@code STAGEWRIGHT_CONFIG}. Without
 * a file, defaults and environment variables apply.
 *
 * @param environment of the process
 */
public record ConfigLoader(Map<String, String> environment) {
  private static final String OPTION = "--config";

  /**
   * Loads the configuration.
   *
   * @param arguments of the operator's command line
   * @throws IllegalArgumentException if the configuration is invalid; the message is for users
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
