package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.BuildPod;
import dev.stagewright.kubectl.cluster.BuildPod.Progress;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.LogSource;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.cluster.Snapshot;
import dev.stagewright.kubectl.terminal.Ink.Style;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows a build: reads the log of each Pod as it comes, until the build is over and all has been
 * read. The logs of stages that run at the same time mix; prepare's comes before them, push's
 * after, and that of another attempt after that of the one before.
 */
final class BuildFollower {
  private static final int MOST_FAILURES = 300;

  private final Look look;
  private final LogSource source;
  private final PodLog.PodWatch watch;
  private final LogPrinter printer;
  private final LogWish wish;
  private final Pace pace;
  private final Hitches hitches = new Hitches();
  private final Map<String, Reading> readings = new HashMap<>();
  private final Set<String> skipped = new HashSet<>();

  /** Looks at the build. */
  interface Look {
    Snapshot take() throws ClusterException, NotFoundException;
  }

  /**
   * How long to wait for what.
   *
   * @param pause between two looks
   * @param patience with the log of a Pod that should have ended
   */
  record Pace(Duration pause, Duration patience) {}

  BuildFollower(
      Look look,
      LogSource source,
      PodLog.PodWatch watch,
      LogPrinter printer,
      LogWish wish,
      Pace pace) {
    this.look = look;
    this.source = source;
    this.watch = watch;
    this.printer = printer;
    this.wish = wish;
    this.pace = pace;
  }

  /** Follows it to its end, or until nobody reads what is printed. */
  Snapshot follow() throws ClusterException, NotFoundException, InterruptedException {
    var snapshot = look.take();
    skipped.addAll(superseded(snapshot));
    while (true) {
      tell(snapshot);
      read(snapshot);
      if (snapshot.isOver() || printer.isClosed()) {
        return snapshot;
      }
      Thread.sleep(pace.pause());
      snapshot = lookAgain(snapshot.run());
    }
  }

  /** A cluster that does not answer for a while will, before long. */
  private Snapshot lookAgain(long run)
      throws ClusterException, NotFoundException, InterruptedException {
    for (int failures = 0; ; Thread.sleep(pace.pause())) {
      try {
        var snapshot = look.take();
        if (snapshot.run() != run) {
          printer.notice(Style.BOLD, "the spec has changed: generation " + snapshot.run());
        }
        return snapshot;
      } catch (ClusterException e) {
        if (failures++ == 0) {
          printer.notice(Style.YELLOW, e.getMessage() + "; trying again");
        }
        if (!e.isPassing() || failures >= MOST_FAILURES) {
          throw e;
        }
      }
    }
  }

  /** Pods that had been followed by another before anybody looked. */
  private List<String> superseded(Snapshot snapshot) {
    var names = StageNames.of(snapshot.status());
    var chosen = wish.choose(snapshot.pods(), names);
    return snapshot.pods().stream()
        .filter(pod -> !chosen.contains(pod))
        .map(BuildPod::name)
        .toList();
  }

  private void tell(Snapshot snapshot) {
    printer.expect(StageNames.of(snapshot.status()).all());
    for (var hitch : hitches.news(snapshot.status())) {
      if (hitch.part().isEmpty()) {
        printer.notice(
            Style.YELLOW, snapshot.build().getMetadata().getName() + ": " + hitch.text());
      } else if (wish.wants(hitch.part().get())) {
        printer.notice(hitch.part().get(), hitch.text());
      }
    }
  }

  private void read(Snapshot snapshot) throws InterruptedException {
    var names = StageNames.of(snapshot.status());
    for (var pod : names.sorted(snapshot.pods())) {
      if (isNews(pod, names)) {
        awaitThoseBefore(pod);
        var reading = Reading.start(pod, heard -> read(pod, names, heard));
        readings.put(pod.name(), reading);
        if (pod.progress() == Progress.OVER) {
          reading.await(pace.patience());
        }
      }
    }
    if (snapshot.isOver()) {
      for (var reading : readings.values()) {
        reading.await(pace.patience());
      }
    }
  }

  private boolean isNews(BuildPod pod, StageNames names) {
    return pod.progress() != Progress.WAITING
        && names.isKnown(pod.part())
        && !readings.containsKey(pod.name())
        && !skipped.contains(pod.name())
        && wish.wants(pod, names);
  }

  private void awaitThoseBefore(BuildPod pod) throws InterruptedException {
    for (var reading : readings.values()) {
      if (isToldBefore(reading.pod(), pod)) {
        reading.await(pace.patience());
      }
    }
  }

  /** Of these the one has ended where the other has begun. */
  private static boolean isToldBefore(BuildPod one, BuildPod other) {
    return other.part().equals(StageNames.PUSH)
        || one.part().equals(StageNames.PREPARE)
        || one.part().equals(other.part());
  }

  private void read(BuildPod pod, StageNames names, Runnable heard) throws InterruptedException {
    var name = names.name(pod.part());
    var voice = new PodVoice(name, names.inPodOf(pod.part()));
    if (pod.attempt() > 1) {
      printer.notice(name, "attempt " + pod.attempt() + ", Pod " + pod.name());
    }
    PodLog.PodWatch answered =
        it -> {
          heard.run();
          return watch.isOver(it);
        };
    new PodLog(pod.name(), source, answered, pace.pause())
        .read(line -> {
          heard.run();
          voice.hear(line).filter(saying -> wish.wants(saying.speaker())).ifPresent(printer::say);
        })
        .ifPresent(why -> printer.notice(name, "the rest of the log cannot be read: " + why));
  }
}
