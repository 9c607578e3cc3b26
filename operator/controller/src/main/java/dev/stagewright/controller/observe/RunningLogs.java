package dev.stagewright.controller.observe;

import dev.stagewright.controller.run.BuildRun;
import java.time.Instant;
import java.util.Map;

/** Provides the ends of the logs of running stages. */
public interface RunningLogs {
  /**
   * Polls the logs of these Pods from now on, and of no other Pods of the ImageBuild.
   *
   * @param runningSince start times by name of the Pod
   * @return the ends of the logs by name of the Pod, for logs that have been read
   */
  Map<String, LogTail> follow(BuildRun run, Map<String, Instant> runningSince);
}
