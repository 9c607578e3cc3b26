package dev.stagewright.stage.linux;

import java.io.IOException;

/** How a process comes to see its files. */
@FunctionalInterface
public interface RootEntry {
  /**
   * Makes the calling thread see them, as what it starts will. The thread is there for nothing
   * else.
   */
  void enter() throws IOException;
}
