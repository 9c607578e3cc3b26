package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.BuildPod;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.LogSource;
import dev.stagewright.kubectl.cluster.Snapshot;
import java.io.IOException;
import java.time.Duration;

/** Prints what the Pods of a run have said so far, one after the other. */
final class BuildLogs {
  private final LogSource source;
  private final LogPrinter printer;
  private final LogWish wish;

  BuildLogs(LogSource source, LogPrinter printer, LogWish wish) {
    this.source = source;
    this.printer = printer;
    this.wish = wish;
  }

  void print(Snapshot snapshot) throws ClusterException {
    var names = StageNames.of(snapshot.status());
    printer.expect(names.all());
    for (var pod : wish.choose(snapshot.pods(), names)) {
      if (pod.progress() != BuildPod.Progress.WAITING) {
        print(pod, names);
      }
    }
  }

  private void print(BuildPod pod, StageNames names) throws ClusterException {
    var voice = new PodVoice(names.name(pod.part()), names.inPodOf(pod.part()));
    try {
      new PodLog(pod.name(), source, _ -> true, Duration.ZERO)
          .readOnce(line ->
              voice
                  .hear(line)
                  .filter(saying -> wish.wants(saying.speaker()))
                  .ifPresent(printer::say));
    } catch (IOException e) {
      printer.notice(names.name(pod.part()), "the log cannot be read: " + e.getMessage());
    }
  }
}
