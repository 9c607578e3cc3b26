package dev.stagewright.kubectl.progress;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import dev.stagewright.kubectl.terminal.Terminal;
import dev.stagewright.kubectl.terminal.WindowSize;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/** Redraws the progress on a terminal ten times a second. */
final class TerminalDisplay implements ProgressDisplay {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final int DEFAULT_ROWS = 24;

  private final ProgressTracker tracker;
  private final ProgressFrame frame = new ProgressFrame();
  private final FramePainter painter;
  private final Terminal terminal;
  private final WindowSize.Source size;
  private final PrintStream out;
  private final Thread redraw = Thread.ofVirtual().name("progress").unstarted(this::redraw);
  private final Thread atExit = new Thread(this::showCursor, "show-cursor");
  private boolean closed;

  TerminalDisplay(PrintStream out, Terminal terminal, WindowSize.Source size, InstantSource clock) {
    this.tracker = new ProgressTracker(clock);
    this.painter = new FramePainter(terminal.ansi());
    this.terminal = terminal;
    this.size = size;
    this.out = out;
  }

  void start() {
    Runtime.getRuntime().addShutdownHook(atExit);
    out.print(FramePainter.HIDE_CURSOR);
    redraw.start();
  }

  @Override
  public synchronized void show(ImageBuild build) {
    apply(tracker.show(build));
  }

  @Override
  public synchronized void log(String task, String line) {
    apply(tracker.log(task, line));
  }

  @Override
  public synchronized void upload(long sent, OptionalLong total) {
    apply(tracker.upload(sent, total));
  }

  private void apply(List<ProgressEvent> events) {
    var now = tracker.elapsed();
    events.forEach(event -> frame.apply(event, now));
  }

  private void redraw() {
    try {
      for (; ; Thread.sleep(INTERVAL)) {
        draw();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void draw() {
    if (!closed) {
      var window = size.current().orElse(new WindowSize(terminal.columns(), DEFAULT_ROWS));
      draw(window.columns(), window.rows() - 1);
    }
  }

  private void draw(int columns, int rows) {
    var layout = new FrameLayout(rows, terminal.unicode());
    out.print(painter.paint(layout.lines(frame, tracker.elapsed()), columns));
    out.flush();
  }

  /** Draws all tasks, even if the terminal has fewer rows, and the failure. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    redraw.interrupt();
    draw(size.current().map(WindowSize::columns).orElse(terminal.columns()), Integer.MAX_VALUE);
    for (var line : frame.failure()) {
      out.println(line.startsWith("ERROR: ") ? terminal.ansi().format(Style.RED, line) : line);
    }
    showCursor();
    removeHook();
  }

  private void showCursor() {
    out.print(FramePainter.SHOW_CURSOR);
    out.flush();
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is about to exit: the hook runs.
    }
  }
}
