package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Runs a command: starts it, forwards its output, waits for its end, and kills remaining processes.
 */
final class CommandProcess {
  private static final int BUFFER = 16 * 1024;

  private final Processes processes;

  /** Runs commands, one at a time. */
  CommandProcess(Processes processes) throws IOException {
    this.processes = processes;
    processes.adoptOrphans();
  }

  /** Starts a command. */
  @FunctionalInterface
  interface Launch {
    /** Starts the command with merged output and errors. */
    Process start() throws IOException;
  }

  /** Runs a command and returns its exit code. */
  int run(Launch launch, OutputStream output) throws IOException {
    var process = launch.start();
    var pump = new Thread(() -> copy(process.getInputStream(), output), "output");
    pump.start();
    var reaper = new Thread(() -> processes.reapOrphansUntil(process.pid()), "orphans");
    reaper.start();
    try {
      process.waitFor();
      // Remaining processes keep the output open, so the pump ends after them.
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
      // The JDK closes the stream when the process ends; a closed log must not fail the build.
    }
  }
}
