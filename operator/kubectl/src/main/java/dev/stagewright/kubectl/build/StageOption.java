package dev.stagewright.kubectl.build;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.KubernetesQuantity;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parses {@code --stage NAME:memory=8Gi,cpu=4}.
 *
 * @param settings an entry of {@code spec.stages}
 */
public record StageOption(Map<String, Object> settings) {
  private static final String KEYS = "cpu, memory, ephemeral-storage, timeout, sandbox";

  /**
   * Parses the value of the option.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static StageOption parse(String text) {
    var colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      throw new IllegalArgumentException(
          "must be NAME:KEY=VALUE,…, such as builder:memory=8Gi,cpu=4, but is \"" + text + "\"");
    }
    var settings = new LinkedHashMap<String, Object>();
    var resources = new LinkedHashMap<String, Object>();
    settings.put("name", text.substring(0, colon));
    for (var pair : text.substring(colon + 1).split(",", -1)) {
      add(pair, settings, resources);
    }
    if (!resources.isEmpty()) {
      settings.put(
          "resources",
          Map.of("requests", resources, "limits", new LinkedHashMap<String, Object>(resources)));
    }
    return new StageOption(settings);
  }

  private static void add(
      String pair, Map<String, Object> settings, Map<String, Object> resources) {
    var equals = pair.indexOf('=');
    var key = equals < 0 ? pair : pair.substring(0, equals);
    var value = equals < 0 ? "" : pair.substring(equals + 1);
    switch (key) {
      case "cpu" -> resources.put(key, quantity(key, value, KubernetesQuantity.CPU));
      case "memory", "ephemeral-storage" ->
          resources.put(key, quantity(key, value, KubernetesQuantity.BYTES));
      case "timeout" -> {
        KubernetesDuration.parse(value);
        settings.put(key, value);
      }
      case "sandbox" -> settings.put(key, value);
      default ->
          throw new IllegalArgumentException(
              "\"" + key + "\" is not a setting of a stage; the settings are " + KEYS);
    }
  }

  private static String quantity(String key, String value, String examples) {
    try {
      KubernetesQuantity.read(value, examples);
      return value;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + " " + e.getMessage(), e);
    }
  }
}
