package dev.stagewright.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An image in the cluster's registry, looked at with crane.
 *
 * @param reference by tag
 * @param digest what status says that was pushed
 */
record PushedImage(Environment environment, String reference, String digest) {
  private static final Duration QUICK = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether a tag is in the registry. */
  static boolean exists(Environment environment, String reference) {
    return environment
            .tools()
            .run(QUICK, List.of("crane", "digest", "--insecure", reference))
            .exitCode()
        == 0;
  }

  /** The digest that the tag points to. */
  String taggedDigest() {
    return crane("digest", reference);
  }

  JsonNode manifest() {
    return json(crane("manifest", reference));
  }

  JsonNode config() {
    return json(crane("config", reference));
  }

  /** Checks every blob of the image against its digest. */
  String validate() {
    return crane("validate", "--remote", reference);
  }

  /** Bytes of config and compressed layers. */
  long size() {
    var manifest = manifest();
    var size = manifest.at("/config/size").asLong();
    for (var layer : manifest.at("/layers")) {
      size += layer.at("/size").asLong();
    }
    return size;
  }

  /** Paths in the image's flattened root, as tar lists them. */
  List<String> paths() {
    return environment
        .tools()
        .output(
            QUICK,
            "sh",
            "-c",
            "crane export --insecure " + reference + " - | tar -tf - | sed 's,/$,,'")
        .lines()
        .toList();
  }

  /** Lines of a long listing of one layer, as {@code tar -tv --numeric-owner} prints them. */
  List<String> layer(int index) {
    var layerDigest = manifest().at("/layers").get(index).at("/digest").asText();
    var repository = reference.substring(0, reference.lastIndexOf(':'));
    return environment
        .tools()
        .output(
            QUICK,
            "sh",
            "-c",
            "crane blob --insecure %s@%s | tar -tvzf - --numeric-owner"
                .formatted(repository, layerDigest))
        .lines()
        .toList();
  }

  private String crane(String command, String... arguments) {
    var line = new ArrayList<>(List.of("crane", command, "--insecure"));
    line.addAll(List.of(arguments));
    return environment.tools().output(QUICK, line.toArray(String[]::new));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
