package dev.stagewright.stage.sandbox;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;

/** What is to be taken back, last first. */
final class UndoStack implements Closeable {
  private final ArrayDeque<Step> steps = new ArrayDeque<>();

  /** Takes one thing back. */
  interface Step {
    void undo() throws IOException;
  }

  void push(Step step) {
    steps.push(step);
  }

  /**
   * Takes all back.
   *
   * @throws IOException the first thing that went wrong; the rest was taken back nevertheless
   */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!steps.isEmpty()) {
      try {
        steps.pop().undo();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
