package dev.stagewright.kubectl.progress;

import dev.stagewright.api.v1alpha1.ImageBuild;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/** Prints each event as soon as it happens. */
final class FormattedDisplay implements ProgressDisplay {
  private final ProgressTracker tracker;
  private final ProgressFormat format;
  private final PrintStream out;

  FormattedDisplay(ProgressFormat format, PrintStream out, InstantSource clock) {
    this.tracker = new ProgressTracker(clock);
    this.format = format;
    this.out = out;
  }

  @Override
  public synchronized void show(ImageBuild build) {
    print(tracker.show(build));
  }

  @Override
  public synchronized void log(String task, String line) {
    print(tracker.log(task, line));
  }

  @Override
  public synchronized void upload(long sent, OptionalLong total) {
    print(tracker.upload(sent, total));
  }

  @Override
  public synchronized void close() {
    out.flush();
  }

  private void print(List<ProgressEvent> events) {
    for (var event : events) {
      format.format(event).forEach(out::println);
    }
    out.flush();
  }
}
