package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.stages.BuildOptions;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.dockerfile.stages.ResolvedBase;
import dev.stagewright.dockerfile.stages.StageGraph;
import dev.stagewright.dockerfile.stages.StageNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Evaluates a Dockerfile for a target. First ask which images it needs, then evaluate with their
 * settings; images that only a trigger of ONBUILD names come up during evaluation.
 */
public final class Evaluator {
  private final Dockerfile dockerfile;
  private final BuildOptions options;
  private final EvaluationObserver observer;
  private final boolean allStages;
  private final StageGraph graph;

  private Evaluator(
      Dockerfile dockerfile, BuildOptions options, EvaluationObserver observer, boolean allStages) {
    this.dockerfile = dockerfile;
    this.options = options;
    this.observer = observer;
    this.allStages = allStages;
    this.graph = StageGraph.of(dockerfile, options);
  }

  /**
   * Evaluates the stages that the target needs.
   *
   * @throws DockerfileException if the graph of stages is wrong
   */
  public Evaluator(Dockerfile dockerfile, BuildOptions options) {
    this(dockerfile, options, EvaluationObserver.none(), false);
  }

  /**
   * Evaluates and tells what it sees.
   *
   * @param allStages whether every stage is evaluated, needed or not
   * @throws DockerfileException if the graph of stages is wrong
   */
  public static Evaluator observed(
      Dockerfile dockerfile, BuildOptions options, EvaluationObserver observer, boolean allStages) {
    return new Evaluator(dockerfile, options, observer, allStages);
  }

  /** The graph of stages, without what triggers of base images add. */
  public StageGraph graph() {
    return graph;
  }

  /** The images that the needed stages name, bases first, each once. */
  public List<RequiredImage> neededImages() {
    return neededImages(graph);
  }

  /**
   * Evaluates.
   *
   * @param bases is asked once for each base image
   * @throws DockerfileException if an instruction is wrong
   */
  public Evaluation evaluate(BaseConfigProvider bases) {
    return evaluate(
        bases,
        mistake -> {
          throw mistake;
        });
  }

  /**
   * Evaluates what can be evaluated: a stage with a mistake ends above it, others go on.
   *
   * @param bases is asked once for each base image
   * @param mistakes hears of each
   * @throws DockerfileException if a trigger of ONBUILD is wrong
   */
  public Evaluation evaluate(BaseConfigProvider bases, Consumer<DockerfileException> mistakes) {
    var known = new KnownBases(bases);
    var full = withTriggers(known);
    var needed = needed(full);
    var states = new HashMap<Integer, StageState>();
    var evaluated = new ArrayList<EvaluatedStage>();
    for (int index : needed) {
      var node = full.stages().get(index);
      var state = begin(node, states, known);
      var evaluator =
          new StageEvaluator(
              dockerfile.escape(), options, full, node, state, observer, states.keySet());
      try {
        evaluator.evaluate();
      } catch (DockerfileException e) {
        mistakes.accept(e);
      }
      states.put(index, state);
      evaluated.add(evaluator.soFar());
    }
    var pruned =
        full.stages().stream()
            .map(StageNode::stage)
            .filter(stage -> !needed.contains(stage.index()))
            .toList();
    return new Evaluation(evaluated, full.target(), pruned, neededImages(full));
  }

  private NavigableSet<Integer> needed(StageGraph of) {
    if (!allStages) {
      return of.neededBy(of.target());
    }
    var all = new TreeSet<Integer>();
    of.stages().forEach(node -> all.add(node.index()));
    return all;
  }

  /** Triggers can make further stages needed, whose bases can have triggers in turn. */
  private StageGraph withTriggers(KnownBases known) {
    var triggers = new OnBuildTriggers();
    var seen = new TreeSet<Integer>();
    var current = graph;
    while (true) {
      var open = needed(current);
      open.removeAll(seen);
      if (open.isEmpty()) {
        return current;
      }
      seen.addAll(open);
      for (int index : open) {
        var node = current.stages().get(index);
        triggers.add(node, expressions(node, current.stages(), known));
      }
      current = current.withTriggers(triggers.byStage());
    }
  }

  private List<String> expressions(StageNode node, List<StageNode> all, KnownBases known) {
    return switch (node.base()) {
      case ResolvedBase.Image image -> known.settings(base(node, image)).onBuild();
      case ResolvedBase.Stage(int parent) -> OnBuildTriggers.of(all.get(parent).stage());
      case ResolvedBase.Scratch _, ResolvedBase.NamedContext _ -> List.of();
    };
  }

  private StageState begin(StageNode node, Map<Integer, StageState> states, KnownBases known) {
    return switch (node.base()) {
      case ResolvedBase.Image image ->
          StageState.on(known.settings(base(node, image)), platform(node));
      case ResolvedBase.Stage(int parent) ->
          states.getOrDefault(parent, StageState.scratch(platform(node))).child();
      case ResolvedBase.Scratch _ -> StageState.scratch(options.targetPlatform());
      case ResolvedBase.NamedContext _ -> StageState.on(ImageSettings.empty(), platform(node));
    };
  }

  private RequiredImage base(StageNode node, ResolvedBase.Image image) {
    return new RequiredImage(
        image.name(), platform(node), RequiredImage.Use.BASE, node.stage().from().position());
  }

  private PlatformId platform(StageNode node) {
    return node.platform().orElse(options.targetPlatform());
  }

  private List<RequiredImage> neededImages(StageGraph of) {
    var images = new LinkedHashMap<String, RequiredImage>();
    var nodes = needed(of).stream().map(of.stages()::get).toList();
    for (var node : nodes) {
      if (node.base() instanceof ResolvedBase.Image image) {
        add(images, base(node, image));
      }
    }
    for (var node : nodes) {
      for (var dependency : node.dependencies()) {
        if (dependency.source() instanceof FileSource.Image(var name)) {
          add(
              images,
              new RequiredImage(
                  name,
                  options.targetPlatform(),
                  RequiredImage.Use.FILES,
                  dependency.instruction().position()));
        }
      }
    }
    return List.copyOf(images.values());
  }

  private static void add(Map<String, RequiredImage> images, RequiredImage image) {
    images.putIfAbsent(image.use() + " " + image.platform() + " " + image.name(), image);
  }

  /** Each base is asked for once. */
  private static final class KnownBases {
    private final BaseConfigProvider resolver;
    private final Map<String, ImageSettings> known = new HashMap<>();

    KnownBases(BaseConfigProvider resolver) {
      this.resolver = resolver;
    }

    ImageSettings settings(RequiredImage image) {
      var key = image.platform() + " " + image.name();
      var settings = known.get(key);
      if (settings == null) {
        settings = resolver.settings(image);
        known.put(key, settings);
      }
      return settings;
    }
  }
}
