package dev.stagewright.stage.linux;

import java.io.IOException;

/** Enters the root of a process. */
@FunctionalInterface
public interface RootEntry {
  /**
   * Changes the root of the calling thread and of processes that it starts. The thread has no other
   * tasks.
   */
  void enter() throws IOException;
}
