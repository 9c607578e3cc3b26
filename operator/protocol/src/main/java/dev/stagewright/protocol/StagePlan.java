package dev.stagewright.protocol;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One stage that the target needs.
 *
 * @param id {@code s0}, {@code s1}, … in the order of the Dockerfile; an image that {@code COPY
 *     --from} names is a stage of its own, {@code i0}, {@code i1}, …
 * @param name what users call it: the name after AS, else the stage's index; for an image its name
 * @param position of its FROM (or, for an image stage, of the COPY that names it)
 * @param base what it starts from
 * @param steps in order
 * @param exports absolute paths, wildcards allowed, that other stages copy from this one; a
 *     directory means all below it
 * @param snapshot whether the stage writes its layers, one a step: it is the target, or the base of
 *     another stage
 * @param history what the stage adds to the image's history, in order
 */
public record StagePlan(
    String id,
    String name,
    Position position,
    StageBase base,
    List<Step> steps,
    List<String> exports,
    boolean snapshot,
    List<HistoryEntry> history) {

  /** Ids of the stages that this one waits for, be it at its start or at a COPY. */
  public Set<String> needs() {
    var needs = new LinkedHashSet<String>();
    if (base instanceof StageBase.Stage(var parent)) {
      needs.add(parent);
    }
    for (var step : steps) {
      if (step instanceof Step.Copy copy && copy.from() instanceof Step.CopyFrom.Stage(var from)) {
        needs.add(from);
      }
    }
    return Collections.unmodifiableSet(needs);
  }

  /** Whether a step copies from the build context. */
  public boolean usesContext() {
    return steps.stream()
        .anyMatch(step ->
            step instanceof Step.Copy copy
                && copy.from() instanceof Step.CopyFrom.Context
                && !copy.sources().isEmpty());
  }

  /**
   * A line of the image's history.
   *
   * @param createdBy as BuildKit words it
   * @param step index into {@link #steps} of the step whose layer this is; -1 for an entry without
   *     a layer
   */
  public record HistoryEntry(String createdBy, int step) {}
}
