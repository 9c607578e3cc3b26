package dev.stagewright.kubectl;

import dev.stagewright.kubectl.build.BuildSession;
import dev.stagewright.kubectl.build.StartedBuild;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;

/** Cancels the run if the process is interrupted before this is closed. */
final class Interruption implements AutoCloseable {
  private final AtomicBoolean isActive = new AtomicBoolean(true);

  private Interruption() {}

  /** Cancels the run on Ctrl-C, and when the process is asked to end. */
  static Interruption cancelling(BuildSession session, StartedBuild started, PrintWriter err) {
    var interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (interruption.isActive.get()) {
                    cancel(session, started, err);
                  }
                },
                "cancel"));
    return interruption;
  }

  private static void cancel(BuildSession session, StartedBuild started, PrintWriter err) {
    try {
      session.cancel();
      err.println("cancelled the build " + started.name());
    } catch (ClusterException | NotFoundException e) {
      err.printf("the build %s was not cancelled: %s%n", started.name(), e.getMessage());
    }
    err.flush();
  }

  @Override
  public void close() {
    isActive.set(false);
  }
}
