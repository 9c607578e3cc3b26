package dev.stagewright.controller.sharing;

import dev.stagewright.controller.observe.AwaitedBuild;
import java.util.Map;
import java.util.Set;

/** Assigns the instructions that several runs have in common to one of them. */
public interface StageSharing {
  /** Every run runs its own instructions. */
  StageSharing NONE =
      new StageSharing() {
        @Override
        public Map<String, AwaitedBuild> share(RunWork run) {
          return Map.of();
        }

        @Override
        public void created(RunWork run, Set<String> refused) {
          // Nobody waits.
        }
      };

  /**
   * Records what a run does, and decides which of its stages wait.
   *
   * @return the builds that the stages wait for, by the id of the stage; the Pods of all others may
   *     be created
   */
  Map<String, AwaitedBuild> share(RunWork run);

  /**
   * The Pods of the stages that do not wait were created, so that others wait for them.
   *
   * @param refused ids of stages whose Pods the API server refused, so that others need not wait
   */
  void created(RunWork run, Set<String> refused);
}
