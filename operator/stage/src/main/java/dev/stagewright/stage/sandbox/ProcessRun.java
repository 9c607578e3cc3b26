package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.Command;
import dev.stagewright.stage.linux.Entrance;
import dev.stagewright.stage.linux.Privileges;
import dev.stagewright.stage.linux.ProcessStarter;
import dev.stagewright.stage.linux.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** The life of one command: started, listened to, waited for, cleaned up after. */
final class ProcessRun {
  private static final int BUFFER = 16 * 1024;

  private final ProcessStarter starter = new ProcessStarter();
  private final Processes processes = new Processes();

  /** Prepares for commands, one at a time. */
  ProcessRun() throws IOException {
    processes.adoptOrphans();
    processes.hide();
  }

  /** Runs a command where the entrance leads; gives its exit code. */
  int run(Command command, Entrance entrance, Privileges privileges, OutputStream output)
      throws IOException {
    var process = starter.start(command, entrance, privileges);
    var pump = new Thread(() -> copy(process.getInputStream(), output), "output");
    pump.start();
    try {
      while (!process.waitFor(1, TimeUnit.SECONDS)) {
        processes.reapOrphans(process.pid());
      }
      // Whoever is left holds the output open, so the pump ends only after them.
      processes.killDescendants();
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
