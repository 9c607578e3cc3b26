package dev.stagewright.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ImageBuilds of the repository that users copy: the examples in the documentation, and the
 * samples. A fragment of a spec is completed with a source and an output.
 */
final class Manifests {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Examples with abbreviated values cannot be applied. */
  private static final String ELLIPSIS = "…";

  private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)\n```");

  private Manifests() {}

  /**
   * A manifest.
   *
   * @param place file and number of the example in it
   */
  record Manifest(String place, ObjectNode object) {
    /** The same manifest with this name, for no operator, so that nothing is built. */
    ObjectNode named(String name) {
      var copy = object.deepCopy();
      var metadata = copy.withObject("/metadata");
      metadata.put("name", name).remove("namespace");
      metadata.withObject("/labels").put("stagewright.dev/operator", "nobody");
      return copy;
    }

    @Override
    public String toString() {
      return place;
    }
  }

  static List<Manifest> all() {
    var root = LocalCluster.repository();
    var manifests = new ArrayList<Manifest>();
    for (var file : files(root)) {
      var name = root.relativize(file).toString();
      var text = read(file);
      if (name.endsWith(".md")) {
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
          add(name, blocks.group(1), manifests);
        }
      } else if (text.contains("kind: ImageBuild")) {
        add(name, text, manifests);
      }
    }
    return List.copyOf(manifests);
  }

  private static List<Path> files(Path root) {
    try (var docs = Files.walk(root.resolve("docs"));
        var samples = Files.walk(root.resolve("e2e/samples"))) {
      return Stream.of(docs, samples, Stream.of(root.resolve("README.md")))
          .flatMap(paths -> paths)
          .filter(path -> path.toString().matches(".*\\.(md|yaml)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(String file, String yaml, List<Manifest> manifests) {
    for (var document : documents(file, yaml)) {
      if (isBuild(document)) {
        var number = manifests.stream().filter(it -> it.place().startsWith(file + " ")).count() + 1;
        manifests.add(new Manifest(file + " " + number, completed(document.deepCopy())));
      }
    }
  }

  private static List<JsonNode> documents(String file, String yaml) {
    try {
      return YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll();
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " contains invalid YAML: " + yaml, e);
    }
  }

  private static boolean isBuild(JsonNode document) {
    var isFragment = document.size() == 1 && document.path("spec").isObject();
    var isComplete = !document.toString().contains(ELLIPSIS);
    return isComplete && (isFragment || "ImageBuild".equals(document.path("kind").asText()));
  }

  private static ObjectNode completed(ObjectNode build) {
    build.put("apiVersion", Build.API_VERSION).put("kind", Build.KIND);
    var spec = build.withObject("/spec");
    if (!spec.has("source")) {
      spec.putObject("source").putObject("git").put("url", "https://git.example.com/app.git");
    }
    if (!spec.has("output")) {
      spec.putObject("output").put("image", "registry.example.com/team/app:1");
    }
    return build;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
