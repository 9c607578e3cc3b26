package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.ClusterLogs;
import dev.stagewright.kubectl.cluster.LogSource;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.terminal.Ink;
import dev.stagewright.kubectl.terminal.Ink.Style;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Shows the logs of a build.
 *
 * @param name of the ImageBuild
 * @param wish which logs
 * @param timestamps whether lines show their time
 * @param out for the logs
 * @param notices for what they do not say
 */
public record LogTask(
    String name, LogWish wish, boolean timestamps, PrintWriter out, PrintWriter notices, Ink ink) {
  private static final BuildFollower.Pace PACE =
      new BuildFollower.Pace(Duration.ofSeconds(1), Duration.ofSeconds(20));

  /** Shows what there is. */
  public void print(BuildReader builds) throws ClusterException, NotFoundException {
    var snapshot = builds.snapshot(name);
    var printer = printer();
    var names = StageNames.of(snapshot.status());
    if (wish.stage().isPresent() && !names.all().contains(wish.stage().get())) {
      throw new NotFoundException(
          name
              + " has no stage "
              + wish.stage().get()
              + "; there are "
              + String.join(", ", names.all()));
    }
    new BuildLogs(source(builds), printer, wish).print(snapshot);
    snapshot
        .status()
        .filter(status -> !snapshot.isOver())
        .ifPresent(status ->
            printer.notice(
                Style.DIM,
                name + " is " + status.phase() + "; follow it with stagewright logs -f"));
  }

  /**
   * Shows all until the build is over.
   *
   * @return whether it succeeded
   */
  public boolean follow(BuildReader builds)
      throws ClusterException, NotFoundException, InterruptedException {
    var printer = printer();
    var end =
        new BuildFollower(
                () -> builds.snapshot(name), source(builds), builds::isOver, printer, wish, PACE)
            .follow();
    var outcome = end.status().map(status -> new Outcome(name, status));
    outcome.ifPresent(it -> printer.notice(it.isGood() ? Style.GREEN : Style.RED, it.sentence()));
    return outcome.map(Outcome::isGood).orElse(false);
  }

  private static LogSource source(BuildReader builds) {
    return new ClusterLogs(builds.client(), builds.namespace());
  }

  private LogPrinter printer() {
    return new LogPrinter(out, notices, ink, timestamps);
  }
}
