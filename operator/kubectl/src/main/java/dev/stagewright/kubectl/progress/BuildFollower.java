package dev.stagewright.kubectl.progress;

import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.BuildSnapshot;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.KubernetesPodLogClient;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.logs.BuildLogFollower;
import dev.stagewright.kubectl.logs.LogEntry;
import dev.stagewright.kubectl.logs.LogOutput;
import dev.stagewright.kubectl.logs.LogSelection;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import java.time.Duration;
import java.util.Optional;

/**
 * Shows a build and its logs in a display until the build is finished.
 *
 * @param builds the builds of the namespace
 * @param display is not closed
 */
public record BuildFollower(BuildReader builds, ProgressDisplay display) {
  private static final BuildLogFollower.Timing TIMING =
      new BuildLogFollower.Timing(Duration.ofMillis(500), Duration.ofSeconds(20));

  /** Follows the build until it is finished, and returns its last state. */
  public BuildSnapshot follow(String name)
      throws ClusterException, NotFoundException, InterruptedException {
    var last =
        new BuildLogFollower(
                () -> builds.snapshot(name),
                new KubernetesPodLogClient(builds.client(), builds.namespace()),
                builds::isTerminated,
                new DisplayOutput(display),
                new LogSelection(Optional.empty(), false),
                TIMING)
            .follow();
    display.show(last.build());
    return last;
  }

  /** Passes logs to a display; the end of the build is shown after the last line of its logs. */
  private record DisplayOutput(ProgressDisplay display) implements LogOutput {
    @Override
    public void show(BuildSnapshot snapshot, LogSelection selection) {
      if (!snapshot.isFinished()) {
        display.show(snapshot.build());
      }
    }

    @Override
    public void print(LogEntry entry) {
      display.log(
          entry.source(),
          entry.startsStep()
              ? "[" + entry.source() + " " + entry.text().replaceFirst(" ", "] ")
              : entry.text());
    }

    @Override
    public void notice(String source, String text) {
      display.log(source, text);
    }

    @Override
    public void notice(Style style, String text) {
      display.log("", text);
    }

    @Override
    public boolean isClosed() {
      return false;
    }
  }
}
