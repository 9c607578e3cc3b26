package dev.stagewright.e2e.conformance.compare;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The list of accepted differences. It records which entries were used. */
public final class Acceptances {
  private final List<Acceptance> entries;
  private final Set<Acceptance> occurred = ConcurrentHashMap.newKeySet();

  /** Creates a list in which no entry was used. */
  public Acceptances(List<Acceptance> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Reads the list from a YAML file. */
  public static Acceptances read(Path file) throws IOException {
    return new Acceptances(
        new YAMLMapper().readValue(file.toFile(), new TypeReference<List<Acceptance>>() {}));
  }

  /** Whether the list contains a difference. */
  public boolean accepts(String caseName, String sandbox, Difference difference) {
    var covering =
        entries.stream().filter(entry -> entry.covers(caseName, sandbox, difference)).toList();
    occurred.addAll(covering);
    return !covering.isEmpty();
  }

  /**
   * The entries that were not used: their differences no longer exist, and the entries should be
   * deleted.
   */
  public List<Acceptance> stale() {
    return entries.stream().filter(entry -> !occurred.contains(entry)).toList();
  }
}
