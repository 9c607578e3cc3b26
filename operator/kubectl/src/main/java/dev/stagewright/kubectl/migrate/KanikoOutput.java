package dev.stagewright.kubectl.migrate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagewright.layers.oci.ImageReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Converts the destinations of kaniko, and what it adds to the image, to the output. */
record KanikoOutput(
    KanikoArguments arguments, Optional<String> pushSecret, List<MigrationNote> notes) {

  void addTo(ObjectNode spec) {
    var output = spec.putObject("output");
    destinations(output);
    pushSecret.ifPresentOrElse(
        name -> output.putObject("credentials").put("name", name),
        () ->
            notes.add(
                MigrationNote.note(
                    "if the registry requires an account, set spec.output.credentials to the Secret"
                        + " that kaniko mounts at /kaniko/.docker (--push-secret)")));
    if (isInsecure()) {
      output.put("insecure", true);
    }
    pairs("--label", output, "labels");
    pairs("--annotation", output, "annotations");
    arguments
        .last("--compression")
        .filter("zstd"::equals)
        .ifPresent(it -> output.put("compression", it));
    if (arguments.has("--reproducible")) {
      output.put("sourceDateEpoch", 0);
    }
  }

  /** The host of the registry of the first destination. */
  Optional<String> registry() {
    return destinations().stream().findFirst().map(ImageReference::registry);
  }

  List<ImageReference> destinations() {
    return arguments.all("--destination").stream().map(KanikoOutput::parse).toList();
  }

  private static ImageReference parse(String destination) {
    try {
      return ImageReference.parse(destination);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--destination " + destination + ": " + e.getMessage(), e);
    }
  }

  private void destinations(ObjectNode output) {
    var names = arguments.all("--destination");
    if (names.isEmpty()) {
      notes.add(
          MigrationNote.todo(
              "spec.output.image is missing: there is no --destination, and a build always pushes"
                  + " its image"));
      return;
    }
    var byRepository = new LinkedHashMap<String, ArrayList<Integer>>();
    var references = destinations();
    for (var i = 0; i < references.size(); i++) {
      byRepository.computeIfAbsent(references.get(i).name(), _ -> new ArrayList<>()).add(i);
    }
    var isFirst = true;
    for (var indexes : byRepository.values()) {
      var image = isFirst ? output : output.withArray("additionalImages").addObject();
      image.put("image", names.get(indexes.getFirst()));
      indexes.stream()
          .skip(1)
          .map(index -> references.get(index).tag().orElse("latest"))
          .forEach(tag -> image.withArray("tags").add(tag));
      isFirst = false;
    }
  }

  private boolean isInsecure() {
    var ofRegistry = registry().filter(arguments.all("--insecure-registry")::contains);
    return arguments.has("--insecure") || ofRegistry.isPresent();
  }

  private void pairs(String flag, ObjectNode output, String field) {
    for (var entry : pairs(arguments.all(flag), flag).entrySet()) {
      output.withObject("/" + field).put(entry.getKey(), entry.getValue());
    }
  }

  static Map<String, String> pairs(List<String> values, String flag) {
    var pairs = new LinkedHashMap<String, String>();
    for (var value : values) {
      var parts = value.split("=", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException(flag + " must have the form key=value, but is " + value);
      }
      pairs.put(parts[0], parts[1]);
    }
    return pairs;
  }
}
