package dev.stagewright.controller.logs;

import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.LogFrame.Kind;
import dev.stagewright.protocol.ReceivedSource;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StageOutcome;
import dev.stagewright.protocol.Termination;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Records what matters of the lines of a log. */
final class ContainerLogRecorder {
  /** A plan has fewer stages. */
  private static final int MAX_STAGES = 1000;

  private final boolean runsUserCode;
  private final LogTailRecorder tail = new LogTailRecorder();
  private final Map<String, StageCache> caches = new HashMap<>();
  private final Map<String, StageOutcome> stages = new HashMap<>();
  private Optional<ReceivedSource> source = Optional.empty();
  private Optional<PrintedPlan> plan = Optional.empty();
  private Optional<ImageChecks> checks = Optional.empty();
  private Optional<Termination> result = Optional.empty();

  /** The last line, if it is a result. It is not unpacked before somebody asks for it. */
  private Optional<LogFrame> hint = Optional.empty();

  /** What a line changes. */
  enum Change {
    /** Nothing that the operator acts upon. */
    NONE,
    /** Another step, another stage to wait for, or a hint. */
    PROGRESS,
    /** A plan or a result. */
    RESULT;

    Change and(Change other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  /** Records the log of a container that does or does not run code of users. */
  ContainerLogRecorder(boolean runsUserCode) {
    this.runsUserCode = runsUserCode;
  }

  /** The whole log, or its end. */
  static ContainerLog read(String log, boolean runsUserCode) {
    var recorder = new ContainerLogRecorder(runsUserCode);
    // Only a line feed ends a line: a progress bar overwrites its line with carriage returns.
    for (var line :
        (log.endsWith("\n") ? log.substring(0, log.length() - 1) : log).split("\n", -1)) {
      recorder.add(line);
    }
    return recorder.log(true);
  }

  /** Adds a line. */
  Change add(String line) {
    var frame = LogFrame.parse(line);
    if (frame.isPresent() && !runsUserCode) {
      return add(frame.get());
    }
    hint = frame.filter(it -> it.kind() == Kind.RESULT);
    if (hint.isPresent()) {
      return Change.PROGRESS;
    }
    return tail.add(line) ? Change.PROGRESS : Change.NONE;
  }

  private Change add(LogFrame frame) {
    return switch (frame.kind()) {
      case SOURCE -> {
        source = read(frame, ReceivedSource.class).or(() -> source);
        yield Change.RESULT;
      }
      case PLAN -> {
        var printed = PrintedPlan.parse(frame);
        var isNew = printed.isPresent() && !printed.equals(plan);
        plan = printed.or(() -> plan);
        yield isNew ? Change.RESULT : Change.NONE;
      }
      case CACHE -> read(frame, StageCache.class).map(this::addCache).orElse(Change.NONE);
      case STAGE -> read(frame, StageOutcome.class).map(this::addStage).orElse(Change.NONE);
      case CHECKS -> {
        // The result follows.
        checks = read(frame, ImageChecks.class).or(() -> checks);
        yield Change.NONE;
      }
      case RESULT -> {
        var stated = termination(frame);
        var isNew = stated.isPresent() && !stated.equals(result);
        result = stated.or(() -> result);
        yield isNew ? Change.RESULT : Change.NONE;
      }
    };
  }

  private Change addCache(StageCache cache) {
    return caches.size() < MAX_STAGES && !cache.equals(caches.put(cache.stage(), cache))
        ? Change.RESULT
        : Change.NONE;
  }

  private Change addStage(StageOutcome outcome) {
    return stages.size() < MAX_STAGES && !outcome.equals(stages.put(outcome.stage(), outcome))
        ? Change.RESULT
        : Change.NONE;
  }

  private static Optional<Termination> termination(LogFrame frame) {
    return read(frame, Termination.class);
  }

  private static <T> Optional<T> read(LogFrame frame, Class<T> type) {
    try {
      return frame.json().map(json -> Json.read(json, type));
    } catch (Json.MalformedJsonException _) {
      return Optional.empty();
    }
  }

  /** What the lines contained so far. */
  ContainerLog log(boolean isComplete) {
    return runsUserCode
        ? new ContainerLog.StageLog(
            tail.tail(), isComplete, hint.flatMap(ContainerLogRecorder::termination))
        : new ContainerLog.WorkerLog(
            tail.tail(), isComplete, source, plan, caches, stages, checks, result);
  }
}
