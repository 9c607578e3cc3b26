package dev.stagewright.controller.observe;

import dev.stagewright.controller.run.BuildRun;
import java.time.Instant;
import java.util.Map;

/** What the logs of running stages say. */
public interface RunningLogs {
  /**
   * Has these Pods of the run followed from here on, and no others of its ImageBuild.
   *
   * @param runningSince when each began, by name
   * @return what was read last, by Pod; without those that have not been read yet
   */
  Map<String, LogTail> follow(BuildRun run, Map<String, Instant> runningSince);
}
