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
 * A file with faults, Events, and changes of Pods, one per line. The cluster has already deleted
 * these objects when the checks at the end find a violation.
 */
final class SoakLog implements ResourceEventHandler<Event>, AutoCloseable {
  private final PrintWriter file;
  private final Predicate<String> namespaces;

  private SoakLog(PrintWriter file, Predicate<String> namespaces) {
    this.file = file;
    this.namespaces = namespaces;
  }

  /**
   * Creates or truncates the file.
   *
   * @param namespaces namespaces whose Events are written
   */
  static SoakLog create(Path path, Predicate<String> namespaces) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      return new SoakLog(new PrintWriter(Files.newBufferedWriter(path), true), namespaces);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a line.
   *
   * @param object object that the line is about, {@code namespace/name}
   */
  synchronized void write(String object, String text) {
    file.println(LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + object + " " + text);
  }

  @Override
  public void onAdd(Event event) {
    var namespace = event.getMetadata().getNamespace();
    if (namespaces.test(namespace)) {
      write(
          namespace + "/" + event.getInvolvedObject().getName(),
          "Event %s: %s".formatted(event.getReason(), event.getMessage()));
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
