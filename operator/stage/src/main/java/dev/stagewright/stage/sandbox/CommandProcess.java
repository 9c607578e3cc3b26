package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The life of one command: started, listened to, waited for, cleaned up after. */
final class CommandProcess {
  private static final int BUFFER = 16 * 1024;

  private final Processes processes;

  /** Prepares for commands, one at a time. */
  CommandProcess(Processes processes) throws IOException {
    this.processes = processes;
    processes.adoptOrphans();
  }

  /** Starts a command. */
  @FunctionalInterface
  interface Launch {
    /** Starts it; its output and errors come out together. */
    Process start() throws IOException;
  }

  /** Runs a command; gives its exit code. */
  int run(Launch launch, OutputStream output) throws IOException {
    var process = launch.start();
    var pump = new Thread(() -> copy(process.getInputStream(), output), "output");
    pump.start();
    var reaper = new Thread(() -> processes.reapOrphansUntil(process.pid()), "orphans");
    reaper.start();
    try {
      process.waitFor();
      // Whoever is left holds the output open, so the pump ends only after them.
      processes.killDescendants();
      reaper.join();
      pump.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    var buffer = new byte[BUFFER];
    try (from) {
      for (var count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        to.write(buffer, 0, count);
        to.flush();
      }
    } catch (IOException _) {
      // The JDK closes the stream when the process ends; a log that is gone must not end a build.
    }
  }
}
