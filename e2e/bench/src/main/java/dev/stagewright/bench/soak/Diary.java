package dev.stagewright.bench.soak;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;

/**
 * All that happened, a line each, in a file: what led to something that is found in the end is long
 * gone from the cluster by then.
 */
final class Diary implements ResourceEventHandler<Event>, AutoCloseable {
  private final PrintWriter file;
  private final Predicate<String> namespaces;

  private Diary(PrintWriter file, Predicate<String> namespaces) {
    this.file = file;
    this.namespaces = namespaces;
  }

  /**
   * Begins one; what the file had is lost.
   *
   * @param namespaces whose Events are noted
   */
  static Diary begin(Path path, Predicate<String> namespaces) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      return new Diary(new PrintWriter(Files.newBufferedWriter(path), true), namespaces);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a line.
   *
   * @param whom it befell, {@code namespace/name}
   */
  synchronized void note(String whom, String what) {
    file.println(LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + whom + " " + what);
  }

  @Override
  public void onAdd(Event event) {
    var namespace = event.getMetadata().getNamespace();
    if (namespaces.test(namespace)) {
      note(
          namespace + "/" + event.getInvolvedObject().getName(),
          "told %s: %s".formatted(event.getReason(), event.getMessage()));
    }
  }

  @Override
  public void onUpdate(Event before, Event after) {
    onAdd(after);
  }

  @Override
  public void onDelete(Event event, boolean isStateUnknown) {}

  @Override
  public synchronized void close() {
    file.close();
  }
}
