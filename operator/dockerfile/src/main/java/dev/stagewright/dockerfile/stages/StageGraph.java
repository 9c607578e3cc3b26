package dev.stagewright.dockerfile.stages;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The graph of the stages of a Dockerfile and their dependencies.
 *
 * @param args the global build arguments
 * @param stages all stages, in order
 * @param target index of the target stage
 * @param sources resolves the names in COPY --from and RUN --mount
 */
public record StageGraph(
    GlobalArgs args, List<StageNode> stages, int target, SourceLookup sources) {
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

  /** Copies the list. */
  public StageGraph {
    stages = List.copyOf(stages);
  }

  /**
   * Builds the graph.
   *
   * @throws DockerfileException if the name of a base or a source is invalid, or stages depend on
   *     each other in a cycle
   * @throws TargetNotFoundException if the target does not exist
   */
  public static StageGraph of(Dockerfile dockerfile, BuildOptions options) {
    var args = GlobalArgs.of(dockerfile, options);
    var sources =
        new SourceLookup(dockerfile.stages(), options.namedContexts(), dockerfile.escape());
    var bases = new BaseLookup(dockerfile.escape(), args, options.namedContexts());
    var nodes = new ArrayList<StageNode>();
    for (var stage : dockerfile.stages()) {
      var dependencies =
          stage.instructions().stream()
              .flatMap(instruction -> sources.dependencies(instruction).stream())
              .toList();
      nodes.add(
          new StageNode(
              stage,
              bases.base(stage.from(), stage.index()),
              bases.platform(stage.from()),
              List.of(),
              dependencies));
    }
    new CycleCheck(nodes).check();
    return new StageGraph(args, nodes, target(dockerfile, options, sources), sources);
  }

  /** The same graph with triggers of ONBUILD, by the index of the stage that runs the triggers. */
  public StageGraph withTriggers(Map<Integer, List<Instruction>> triggers) {
    var nodes =
        stages.stream()
            .map(node -> {
              var own = triggers.getOrDefault(node.index(), List.of());
              return own.isEmpty() || !node.triggers().isEmpty()
                  ? node
                  : node.withTriggers(
                      own,
                      own.stream()
                          .flatMap(trigger -> sources.dependencies(trigger).stream())
                          .toList());
            })
            .toList();
    return new StageGraph(args, nodes, target, sources);
  }

  /** The indexes of the stages that a stage needs, including the stage itself. */
  public NavigableSet<Integer> neededBy(int stage) {
    var needed = new TreeSet<Integer>();
    var open = new ArrayList<Integer>(List.of(stage));
    while (!open.isEmpty()) {
      int next = open.removeLast();
      if (needed.add(next)) {
        open.addAll(directlyNeededBy(next));
      }
    }
    return needed;
  }

  private List<Integer> directlyNeededBy(int stage) {
    var node = stages.get(stage);
    var needed = new ArrayList<Integer>();
    if (node.base() instanceof ResolvedBase.Stage(int parent)) {
      needed.add(parent);
    }
    for (var dependency : node.dependencies()) {
      if (dependency.source() instanceof FileSource.Stage(int source)) {
        needed.add(source);
      }
    }
    return needed;
  }

  private static int target(Dockerfile dockerfile, BuildOptions options, SourceLookup sources) {
    if (options.target().isEmpty()) {
      return dockerfile.stages().size() - 1;
    }
    var target = options.target().get();
    return sources
        .stage(target)
        .orElseGet(() -> {
          if (INDEX.matcher(target).matches()
              && Integer.parseInt(target) < dockerfile.stages().size()) {
            return Integer.parseInt(target);
          }
          throw new TargetNotFoundException(
              dockerfile.stages().getLast().from().position(), target, sources.names());
        });
  }
}
