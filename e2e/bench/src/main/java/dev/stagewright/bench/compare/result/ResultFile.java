package dev.stagewright.bench.compare.result;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A comparison as a JSON file. */
public record ResultFile(Path path) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the file; empty if it does not exist. */
  public Optional<Comparison> read() throws IOException {
    return Files.exists(path)
        ? Optional.of(JSON.readValue(path.toFile(), Comparison.class))
        : Optional.empty();
  }

  /** Replaces the file. */
  public void write(Comparison comparison) throws IOException {
    var folder = path.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    var draft = Files.createTempFile(folder, "result", ".json");
    JSON.writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), comparison);
    Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
