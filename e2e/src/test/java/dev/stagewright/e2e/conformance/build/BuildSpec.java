package dev.stagewright.e2e.conformance.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.e2e.conformance.cases.PreparedCase;
import dev.stagewright.e2e.conformance.cases.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The spec of an ImageBuild for a case.
 *
 * @param name name of the Secret with all secrets of the case
 * @param image reference of the image
 */
record BuildSpec(PreparedCase prepared, Sandbox sandbox, String name, String image) {
  private static final String KEY = "ssh-privatekey";

  /**
   * The spec as YAML.
   *
   * @param source source of the build context
   */
  Map<String, Object> toMap(Map<String, Object> source) {
    var properties = prepared.origin().properties();
    var spec = new TreeMap<String, Object>();
    spec.put("timeout", "10m");
    spec.put("source", source);
    if (sandbox != Sandbox.WORKER) {
      spec.put("sandbox", sandbox.value());
      // Otherwise its stages would run in the worker.
      spec.put("execution", prepared.origin().runsCommands() ? "auto" : "podPerStage");
    }
    spec.put("buildArgs", properties.buildArgs());
    spec.put("secrets", secrets());
    spec.put("output", output());
    properties.target().ifPresent(target -> spec.put("target", target));
    if (properties.ssh()) {
      spec.put("ssh", List.of(Map.of("id", "default", "secret", Map.of("name", name))));
    }
    return spec;
  }

  private List<Map<String, Object>> secrets() {
    var secrets = new ArrayList<Map<String, Object>>();
    for (var id : ids()) {
      secrets.add(Map.of("id", id, "secret", Map.of("name", name, "key", key(secrets.size()))));
    }
    return secrets;
  }

  private Map<String, Object> output() {
    var properties = prepared.origin().properties();
    var output = new TreeMap<String, Object>();
    output.put("image", image);
    properties.sourceDateEpoch().ifPresent(epoch -> output.put("sourceDateEpoch", epoch));
    properties.compression().ifPresent(kind -> output.put("compression", kind));
    return output;
  }

  /** The values of the Secret in base64, by key; empty if the case has no secrets. */
  Map<String, String> secretData() throws IOException {
    var properties = prepared.origin().properties();
    var data = new TreeMap<String, String>();
    for (var id : ids()) {
      data.put(key(data.size()), base64(properties.secrets().getOrDefault(id, "").getBytes(UTF_8)));
    }
    if (properties.ssh()) {
      data.put(KEY, base64(Files.readAllBytes(prepared.sshKey())));
    }
    return data;
  }

  private List<String> ids() {
    return List.copyOf(prepared.origin().properties().secrets().keySet());
  }

  /** An ID can contain characters that the key of a Secret cannot. */
  private static String key(int index) {
    return "secret-%03d".formatted(index);
  }

  private static String base64(byte[] value) {
    return Base64.getEncoder().encodeToString(value);
  }
}
