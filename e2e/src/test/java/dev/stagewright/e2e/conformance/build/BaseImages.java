package dev.stagewright.e2e.conformance.build;

import dev.stagewright.e2e.Shell;
import dev.stagewright.e2e.conformance.cases.PreparedCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The base images of the cases.
 *
 * @param recipes hash of all inputs of an image, by name
 */
public record BaseImages(Map<String, String> recipes) {
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  /** Builds and pushes the images that the registry does not have. */
  public static BaseImages push(Shell tools, Path script) {
    var recipes = new TreeMap<String, String>();
    tools
        .output(TIMEOUT, script.toString())
        .lines()
        .filter(line -> line.startsWith("conformance/"))
        .forEach(line -> recipes.put(before(line, ' '), after(line, ' ')));
    return new BaseImages(recipes);
  }

  private static String before(String text, char separator) {
    return text.substring(0, text.indexOf(separator));
  }

  private static String after(String text, char separator) {
    return text.substring(text.indexOf(separator) + 1);
  }

  /** A text that depends on the base images that the Dockerfile of a case names. */
  String fingerprint(PreparedCase prepared) throws IOException {
    var dockerfile = Files.readString(prepared.context().resolve("Dockerfile"));
    var text = new StringBuilder();
    recipes.forEach((name, recipe) -> {
      if (dockerfile.contains(name)) {
        text.append(' ').append(recipe);
      }
    });
    return text.toString();
  }
}
