package dev.stagewright.controller.sharing;

import dev.stagewright.protocol.StageCache;
import java.util.Collections;
import java.util.Optional;

/**
 * What a stage does at one time.
 *
 * @param stage id of the stage
 * @param cache what publish has reported about the stage; empty if the log of publish is not known
 * @param state state of the stage
 */
public record StageWork(String stage, Optional<StageCache> cache, State state) {

  /** The state of a stage with regard to others with the same instructions. */
  public enum State {
    /** Its Pod would be created now. */
    READY,
    /** The status says that it waits for another build, and its Pod would be created now. */
    WAITED,
    /** Its Pod runs or starts, and publish records what it completes. */
    AT_WORK,
    /** It has succeeded. */
    DONE
  }

  /** Whether a stage with this report writes a record that the other one wants. */
  static boolean writes(StageCache one, StageCache other) {
    return !Collections.disjoint(one.recorded(), other.wanted());
  }
}
