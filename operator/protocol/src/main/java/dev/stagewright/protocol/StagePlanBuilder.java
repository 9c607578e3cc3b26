package dev.stagewright.protocol;

import dev.stagewright.protocol.StagePlan.HistoryEntry;
import dev.stagewright.protocol.StagePlan.SharedStage;
import java.util.List;
import java.util.Optional;

/**
 * Builds a {@link StagePlan}. Without further settings it is a stage from scratch with its own Pod,
 * without steps, exports and layers.
 */
public final class StagePlanBuilder {
  private final String id;
  private final String name;
  private final InstructionPosition position;
  private StageBase base = new StageBase.Scratch();
  private List<Step> steps = List.of();
  private List<String> exports = List.of();
  private boolean snapshot;
  private List<HistoryEntry> history = List.of();
  private List<SharedStage> shared = List.of();
  private Optional<String> needsInPlace = Optional.empty();
  private StageLocation location = StageLocation.POD;

  StagePlanBuilder(String id, String name, InstructionPosition position) {
    this.id = id;
    this.name = name;
    this.position = position;
  }

  /** Sets {@link StagePlan#base}. */
  public StagePlanBuilder base(StageBase value) {
    base = value;
    return this;
  }

  /** Sets {@link StagePlan#steps}. */
  public StagePlanBuilder steps(List<? extends Step> value) {
    steps = List.copyOf(value);
    return this;
  }

  /** Sets {@link StagePlan#exports}. */
  public StagePlanBuilder exports(List<String> value) {
    exports = List.copyOf(value);
    return this;
  }

  /** Sets {@link StagePlan#snapshot}. */
  public StagePlanBuilder snapshot(boolean value) {
    snapshot = value;
    return this;
  }

  /** Sets {@link StagePlan#history}. */
  public StagePlanBuilder history(List<HistoryEntry> value) {
    history = List.copyOf(value);
    return this;
  }

  /** Sets {@link StagePlan#shared}. */
  public StagePlanBuilder shared(List<SharedStage> value) {
    shared = List.copyOf(value);
    return this;
  }

  /** Sets {@link StagePlan#needsInPlace}. */
  public StagePlanBuilder needsInPlace(Optional<String> value) {
    needsInPlace = value;
    return this;
  }

  /** Sets {@link StagePlan#location}. */
  public StagePlanBuilder location(StageLocation value) {
    location = value;
    return this;
  }

  /** The plan of the stage. */
  public StagePlan build() {
    return new StagePlan(
        id,
        name,
        position,
        base,
        steps,
        exports,
        snapshot,
        history,
        shared,
        needsInPlace,
        Optional.of(location));
  }
}
