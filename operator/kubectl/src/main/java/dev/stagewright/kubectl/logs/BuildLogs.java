package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.BuildSnapshot;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.KubernetesPodLogClient;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.cluster.PodLogClient;
import dev.stagewright.kubectl.cluster.TaskContainer;
import dev.stagewright.kubectl.terminal.Ansi;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Prints the logs of a build.
 *
 * @param name name of the ImageBuild
 * @param selection the logs to print
 * @param timestamps whether to print the timestamp of each line
 * @param out output for the logs
 * @param err output for notices that are not part of a log
 */
public record BuildLogs(
    String name,
    LogSelection selection,
    boolean timestamps,
    PrintWriter out,
    PrintWriter err,
    Ansi ansi) {
  private static final BuildLogFollower.Timing TIMING =
      new BuildLogFollower.Timing(Duration.ofSeconds(1), Duration.ofSeconds(20));

  /** Prints the logs that exist now. */
  public void print(BuildReader builds) throws ClusterException, NotFoundException {
    var snapshot = builds.snapshot(name);
    var names = TaskNames.of(snapshot.status());
    requireSelectedStage(names);
    var printer = printer();
    printer.addSources(names.all());
    for (var pod : selection.select(snapshot.pods(), names)) {
      if (pod.state() != TaskContainer.State.WAITING) {
        print(pod, names, client(builds), printer);
      }
    }
    snapshot
        .status()
        .filter(status -> !snapshot.isFinished())
        .ifPresent(status ->
            printer.notice(
                Style.DIM,
                name + " is " + status.phase() + "; to follow it, run stagewright logs -f"));
  }

  private void requireSelectedStage(TaskNames names) throws NotFoundException {
    var stage = selection.stage();
    if (stage.isPresent() && !names.all().contains(stage.get())) {
      throw new NotFoundException(
          "ImageBuild %s has no stage %s; it has %s"
              .formatted(name, stage.get(), String.join(", ", names.all())));
    }
  }

  private void print(TaskContainer pod, TaskNames names, PodLogClient client, LogPrinter printer)
      throws ClusterException {
    var parser = new LogEntryParser(names.name(pod.task()), names.namesInContainer(pod.task()));
    try {
      new PodLogReader(pod.name(), client, _ -> true, Duration.ZERO)
          .readOnce(line ->
              parser
                  .parse(line)
                  .filter(entry -> selection.includes(entry.source()))
                  .ifPresent(printer::print));
    } catch (IOException e) {
      printer.notice(names.name(pod.task()), "cannot read the log: " + e.getMessage());
    }
  }

  /**
   * Prints all logs until the build is finished.
   *
   * @return whether the build succeeded
   */
  public boolean follow(BuildReader builds)
      throws ClusterException, NotFoundException, InterruptedException {
    var printer = printer();
    var last =
        new BuildLogFollower(
                () -> builds.snapshot(name),
                client(builds),
                builds::isTerminated,
                printer,
                selection,
                TIMING)
            .follow();
    return printResult(last, printer);
  }

  private boolean printResult(BuildSnapshot last, LogPrinter printer) {
    var result = last.status().map(status -> new BuildResult(name, status));
    result.ifPresent(it -> printer.notice(it.isSuccess() ? Style.GREEN : Style.RED, it.message()));
    return result.map(BuildResult::isSuccess).orElse(false);
  }

  private static PodLogClient client(BuildReader builds) {
    return new KubernetesPodLogClient(builds.client(), builds.namespace());
  }

  private LogPrinter printer() {
    return new LogPrinter(out, err, ansi, timestamps);
  }
}
