package dev.stagewright.stage.sandbox;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;

/** Actions to undo, in reverse order. */
final class UndoStack implements Closeable {
  private final ArrayDeque<Step> steps = new ArrayDeque<>();

  /** Undoes one action. */
  interface Step {
    void undo() throws IOException;
  }

  void push(Step step) {
    steps.push(step);
  }

  /**
   * Undoes all actions.
   *
   * @throws IOException the first error; the other actions are undone nevertheless
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
