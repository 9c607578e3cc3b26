package dev.stagewright.kubectl.build;

import dev.stagewright.layers.oci.ImageReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The images of {@code --tag}.
 *
 * @param references at least one
 */
public record ImageOption(List<ImageReference> references) {
  /** Copies the list. */
  public ImageOption {
    references = List.copyOf(references);
  }

  /**
   * Parses the values of the option.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static ImageOption parse(List<String> tags) {
    return new ImageOption(tags.stream().map(ImageOption::parse).toList());
  }

  private static ImageReference parse(String tag) {
    ImageReference reference;
    try {
      reference = ImageReference.parse(tag);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "-t: \"%s\" is not an image: %s".formatted(tag, e.getMessage()), e);
    }
    if (reference.digest().isPresent()) {
      throw new IllegalArgumentException(
          "-t: \"%s\" has a digest, which only the build determines".formatted(tag));
    }
    if (!namesRegistry(tag)) {
      throw new IllegalArgumentException(
          ("-t: \"%1$s\" does not name a registry. The image is pushed to a registry, not stored on"
                  + " this machine; write the whole name, such as registry.example.com/team/%1$s,"
                  + " or docker.io/NAME/%1$s")
              .formatted(tag));
    }
    return reference;
  }

  private static boolean namesRegistry(String tag) {
    var slash = tag.indexOf('/');
    if (slash < 0) {
      return false;
    }
    var first = tag.substring(0, slash);
    return first.contains(".") || first.contains(":") || first.equals("localhost");
  }

  /** The first image. */
  public ImageReference first() {
    return references.getFirst();
  }

  /** The fields {@code image}, {@code tags}, and {@code additionalImages} of an output. */
  public Map<String, Object> output() {
    var output = new LinkedHashMap<String, Object>();
    output.put("image", first().toString());
    var tags = new ArrayList<String>();
    var others = new LinkedHashMap<String, List<String>>();
    for (var reference : references.subList(1, references.size())) {
      if (reference.name().equals(first().name())) {
        tags.add(tag(reference));
      } else {
        others.computeIfAbsent(reference.name(), _ -> new ArrayList<>()).add(tag(reference));
      }
    }
    if (!tags.isEmpty()) {
      output.put("tags", List.copyOf(tags));
    }
    if (!others.isEmpty()) {
      output.put(
          "additionalImages",
          others.entrySet().stream().map(it -> additional(it.getKey(), it.getValue())).toList());
    }
    return output;
  }

  private static Map<String, Object> additional(String repository, List<String> tags) {
    var image = new LinkedHashMap<String, Object>();
    image.put("image", repository + ":" + tags.getFirst());
    if (tags.size() > 1) {
      image.put("tags", List.copyOf(tags.subList(1, tags.size())));
    }
    return image;
  }

  private static String tag(ImageReference reference) {
    return reference.tag().orElseThrow();
  }
}
