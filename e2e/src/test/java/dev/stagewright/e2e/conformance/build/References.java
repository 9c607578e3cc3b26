package dev.stagewright.e2e.conformance.build;

import dev.stagewright.e2e.conformance.cases.PreparedCase;
import dev.stagewright.e2e.conformance.image.ImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;

/**
 * The results of BuildKit, cached between runs until the case or its base images change.
 *
 * @param folder folder with one file for each case
 */
public record References(BuildKit buildKit, BaseImages bases, ImageReader reader, Path folder) {

  /**
   * The result of BuildKit for a case. Builds run one at a time, so that no two use the same
   * transferred context.
   */
  public synchronized Outcome of(PreparedCase prepared) throws IOException {
    var file = folder.resolve(prepared.origin().fullName() + ".properties");
    var fingerprint = prepared.fingerprint() + bases.fingerprint(prepared);
    var cached = new Properties();
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        cached.load(in);
      }
    }
    if (fingerprint.equals(cached.getProperty("fingerprint"))) {
      var outcome = outcome(cached);
      if (!(outcome instanceof Outcome.Pushed pushed) || reader.exists(pushed.image())) {
        return outcome;
      }
    }
    var outcome = buildKit.build(prepared);
    write(file, fingerprint, outcome);
    return outcome;
  }

  private static Outcome outcome(Properties cached) {
    return cached.containsKey("failure")
        ? new Outcome.Failed(cached.getProperty("failure"))
        : new Outcome.Pushed(
            cached.getProperty("image"), Instant.parse(cached.getProperty("startedAt")));
  }

  private static void write(Path file, String fingerprint, Outcome outcome) throws IOException {
    var properties = new Properties();
    properties.setProperty("fingerprint", fingerprint);
    switch (outcome) {
      case Outcome.Pushed(var image, var startedAt, _) -> {
        properties.setProperty("image", image);
        properties.setProperty("startedAt", startedAt.toString());
      }
      case Outcome.Failed(var message) -> properties.setProperty("failure", message);
    }
    Files.createDirectories(file.getParent());
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
  }
}
