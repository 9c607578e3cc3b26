package dev.stagewright.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An image in the registry of the cluster, read with crane.
 *
 * @param reference reference with tag
 * @param digest digest in the status of the build
 */
record PushedImage(Environment environment, String reference, String digest) {
  private static final Duration QUICK = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether the registry has a tag. */
  static boolean exists(Environment environment, String reference) {
    return environment
            .tools()
            .run(QUICK, List.of("crane", "digest", "--insecure", reference))
            .exitCode()
        == 0;
  }

  /** The digest of the tag. */
  String taggedDigest() {
    return crane("digest", reference);
  }

  JsonNode manifest() {
    return json(crane("manifest", reference));
  }

  JsonNode config() {
    return json(crane("config", reference));
  }

  /** Verifies the digest of every blob of the image. */
  String validate() {
    return crane("validate", "--remote", reference);
  }

  /** The bytes of the config and of the compressed layers. */
  long size() {
    var manifest = manifest();
    var size = manifest.at("/config/size").asLong();
    for (var layer : manifest.at("/layers")) {
      size += layer.at("/size").asLong();
    }
    return size;
  }

  /** The paths in the flattened root of the image, as tar lists them. */
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

  /** The lines of a long listing of a layer, as {@code tar -tv --numeric-owner} prints them. */
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
