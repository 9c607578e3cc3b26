package dev.stagewright.dockerfile.stages;

import dev.stagewright.dockerfile.source.DockerfileException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Detects stages that depend on each other in a cycle. Uses an explicit stack, so the depth is not
 * limited.
 */
final class CycleCheck {
  private enum Mark {
    NEW,
    OPEN,
    DONE
  }

  private final List<StageNode> stages;
  private final Mark[] marks;

  CycleCheck(List<StageNode> stages) {
    this.stages = stages;
    this.marks = new Mark[stages.size()];
    Arrays.fill(marks, Mark.NEW);
  }

  void check() {
    for (var stage : stages) {
      if (marks[stage.index()] == Mark.NEW) {
        walk(stage);
      }
    }
  }

  private void walk(StageNode start) {
    var path = new ArrayDeque<Visit>();
    open(start, path);
    while (!path.isEmpty()) {
      var visit = path.getLast();
      if (!visit.open.hasNext()) {
        marks[visit.stage.index()] = Mark.DONE;
        path.removeLast();
        continue;
      }
      var dependency = visit.open.next();
      if (!(dependency.source() instanceof FileSource.Stage(int next))) {
        continue;
      }
      if (marks[next] == Mark.OPEN) {
        throw new DockerfileException(
            dependency.instruction().statement().locate(dependency.name()),
            "circular dependency detected on stage: " + name(path.getFirst().stage),
            dependency.name());
      }
      if (marks[next] == Mark.NEW) {
        open(stages.get(next), path);
      }
    }
  }

  private void open(StageNode stage, Deque<Visit> path) {
    marks[stage.index()] = Mark.OPEN;
    path.addLast(new Visit(stage, stage.dependencies().iterator()));
  }

  private static String name(StageNode stage) {
    return stage.stage().from().name().orElse("stage-" + stage.index());
  }

  private record Visit(StageNode stage, Iterator<Dependency> open) {}
}
