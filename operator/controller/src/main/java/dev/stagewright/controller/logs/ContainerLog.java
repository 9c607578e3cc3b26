package dev.stagewright.controller.logs;

import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.ReceivedSource;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StageOutcome;
import dev.stagewright.protocol.Termination;
import java.util.Map;
import java.util.Optional;

/** What the log of a container contained at one time. */
public sealed interface ContainerLog {
  /** A log that was read at once: the whole log, or its end. */
  static ContainerLog of(String text, boolean runsUserCode) {
    return ContainerLogRecorder.read(text, runsUserCode);
  }

  /** The end of the log, without the lines that are meant for the operator. */
  LogTail tail();

  /** Whether the container has ended and its whole log, or its end, was read. */
  boolean isComplete();

  /**
   * Whether nothing follows in the log of a container that has ended.
   *
   * @param report what the container reported in its termination message, which is also the last
   *     line of its log
   */
  boolean isCompleteWith(Optional<Termination> report);

  /**
   * The log of a container that runs no code of users. What it states about the run is true.
   *
   * @param source that a client has sent to prepare; empty before
   * @param plan that prepare has printed; empty before
   * @param caches what publish has found in the cache for stages, by id
   * @param stages results of the stages that ran in the container, by id
   * @param checks what publish has found out about the image; empty before
   * @param result of the container, which is about to end; empty before
   */
  record WorkerLog(
      LogTail tail,
      boolean isComplete,
      Optional<ReceivedSource> source,
      Optional<PrintedPlan> plan,
      Map<String, StageCache> caches,
      Map<String, StageOutcome> stages,
      Optional<ImageChecks> checks,
      Optional<Termination> result)
      implements ContainerLog {
    /** Copies the maps. */
    public WorkerLog {
      caches = Map.copyOf(caches);
      stages = Map.copyOf(stages);
    }

    @Override
    public boolean isCompleteWith(Optional<Termination> report) {
      return isComplete || (report.isPresent() && report.equals(result));
    }
  }

  /**
   * The log of a container that runs code of users, which can print anything.
   *
   * @param hintedResult the result in the last line of the log. It may be true, but must not change
   *     what the operator does
   */
  record StageLog(LogTail tail, boolean isComplete, Optional<Termination> hintedResult)
      implements ContainerLog {
    @Override
    public boolean isCompleteWith(Optional<Termination> report) {
      return isComplete || (report.isPresent() && report.equals(hintedResult));
    }
  }
}
