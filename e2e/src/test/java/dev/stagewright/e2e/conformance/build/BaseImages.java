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
 * The base images made for the cases.
 *
 * @param recipes hash of all that decides an image, by name
 */
public record BaseImages(Map<String, String> recipes) {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** Pushes those that the registry does not have. */
  public static BaseImages push(Shell tools, Path script) {
    var recipes = new TreeMap<String, String>();
    tools
        .output(PATIENCE, script.toString())
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

  /** A text that changes with the images that a case's Dockerfile names. */
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
