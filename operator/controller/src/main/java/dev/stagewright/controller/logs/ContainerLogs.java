package dev.stagewright.controller.logs;

import dev.stagewright.controller.cluster.ContainerReference;
import dev.stagewright.controller.run.BuildRun;
import java.util.List;
import java.util.Map;

/** Provides what the logs of containers contain, without waiting for it. */
public interface ContainerLogs {
  /**
   * Follows the logs of these containers from now on, and of no other containers of the ImageBuild.
   *
   * @param containers that run, and those that have ended and whose logs are still of interest
   * @return the logs that are being followed or were followed
   */
  Map<ContainerReference, ContainerLog> follow(BuildRun run, List<StartedContainer> containers);

  /**
   * A container that has started.
   *
   * @param runsUserCode whether it runs code of users, which can print anything
   * @param hasEnded whether the kubelet has reported its end
   */
  record StartedContainer(ContainerReference container, boolean runsUserCode, boolean hasEnded) {}
}
