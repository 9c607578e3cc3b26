package dev.stagewright.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Renders the chart with Helm, without the objects of {@code helm test}. */
final class Chart {
  static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  static final Path DIRECTORY = REPOSITORY.resolve("charts/stagewright");
  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Chart() {}

  /** The objects of a release {@code stagewright} in {@code stagewright-system}. */
  static Objects render(String values) {
    return new Objects(parse(text("stagewright", values)));
  }

  /**
   * The rendered text of a release in {@code stagewright-system}.
   *
   * @param values in YAML
   * @throws IllegalStateException if Helm rejects the values
   */
  static String text(String release, String values) {
    try {
      var file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, values);
        return new Helm(DIRECTORY)
            .template()
            .withName(release)
            .withNamespace("stagewright-system")
            .withKubeVersion("1.33")
            .withValuesFile(file)
            .call();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> parse(String text) {
    var documents = new ArrayList<JsonNode>();
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      while (values.hasNext()) {
        var document = values.next();
        if (document.isObject()) {
          documents.add(document);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return documents;
  }

  /** Rendered objects. */
  record Objects(List<JsonNode> all) {
    Stream<JsonNode> of(String kind) {
      return all.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    /** The only object of a kind. */
    JsonNode only(String kind) {
      var found = of(kind).toList();
      if (found.size() != 1) {
        throw new AssertionError(found.size() + " objects of kind " + kind);
      }
      return found.getFirst();
    }

    JsonNode named(String kind, String name) {
      return of(kind)
          .filter(object -> object.at("/metadata/name").asText().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    List<String> namespaces(String kind) {
      return of(kind).map(object -> object.at("/metadata/namespace").asText()).toList();
    }

    JsonNode operatorPod() {
      return only("Deployment").at("/spec/template/spec");
    }
  }
}
