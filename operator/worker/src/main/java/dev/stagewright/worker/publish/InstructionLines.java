package dev.stagewright.worker.publish;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StagePlan.HistoryEntry;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lines of the instructions of an image.
 *
 * @param plan the plan of the build
 */
record InstructionLines(BuildPlan plan) {

  /** The lines of all instructions of the image, in their order. */
  List<Integer> all() {
    return entries().map(HistoryEntry::line).toList();
  }

  /**
   * The line of the last instruction with the first of these names that the Dockerfile has.
   *
   * @return 0 if there is no such instruction
   */
  int last(List<String> names) {
    return names.stream()
        .map(name -> entries().filter(entry -> entry.createdBy().startsWith(name + " ")).toList())
        .filter(found -> !found.isEmpty())
        .findFirst()
        .map(found -> found.getLast().line())
        .orElse(0);
  }

  private Stream<HistoryEntry> entries() {
    return plan.chain().stream().map(StagePlan::history).flatMap(List::stream);
  }
}
