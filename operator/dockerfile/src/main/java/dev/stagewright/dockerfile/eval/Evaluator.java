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
import java.util.function.Function;

/**
 * Evaluates a Dockerfile for a target. Callers can look up {@link #requiredImages} before they
 * evaluate; images that only triggers of ONBUILD name are known after the evaluation.
 */
public final class Evaluator {
  private final Dockerfile dockerfile;
  private final BuildOptions options;
  private final boolean allStages;
  private final StageGraph graph;

  private Evaluator(Dockerfile dockerfile, BuildOptions options, boolean allStages) {
    this.dockerfile = dockerfile;
    this.options = options;
    this.allStages = allStages;
    this.graph = StageGraph.of(dockerfile, options);
  }

  /**
   * Evaluates the stages that the target needs.
   *
   * @throws DockerfileException if the stage graph is invalid
   */
  public Evaluator(Dockerfile dockerfile, BuildOptions options) {
    this(dockerfile, options, false);
  }

  /**
   * Evaluates every stage, also those that the target does not need.
   *
   * @throws DockerfileException if the stage graph is invalid
   */
  public static Evaluator ofAllStages(Dockerfile dockerfile, BuildOptions options) {
    return new Evaluator(dockerfile, options, true);
  }

  /** The images that the Dockerfile names for the evaluated stages, base images first. */
  public List<RequiredImage> requiredImages() {
    return requiredImages(graph);
  }

  /**
   * Evaluates the Dockerfile.
   *
   * @param bases returns the settings of a base image; called once for each image
   * @throws DockerfileException if an instruction is invalid
   */
  public Evaluation evaluate(Function<RequiredImage, ImageSettings> bases) {
    return evaluate(
        bases,
        error -> {
          throw error;
        });
  }

  /**
   * Evaluates the valid part of the Dockerfile: a stage with an error ends before the error, and
   * other stages are evaluated.
   *
   * @param bases returns the settings of a base image; called once for each image
   * @param errors receives the errors
   * @throws DockerfileException if a trigger of ONBUILD is invalid
   */
  public Evaluation evaluate(
      Function<RequiredImage, ImageSettings> bases, Consumer<DockerfileException> errors) {
    var known = new KnownBases(bases);
    var full = withTriggers(known);
    var needed = needed(full);
    var states = new HashMap<Integer, StageState>();
    var evaluated = new ArrayList<EvaluatedStage>();
    var undefined = new ArrayList<UndefinedVariableUse>();
    for (int index : needed) {
      var node = full.stages().get(index);
      var state = begin(node, states, known);
      var evaluator =
          new StageEvaluator(
              dockerfile.escape(), options, full, node, state, undefined::add, states.keySet());
      try {
        evaluator.evaluate();
      } catch (DockerfileException e) {
        errors.accept(e);
      }
      states.put(index, state);
      evaluated.add(evaluator.evaluatedStage());
    }
    var pruned =
        full.stages().stream()
            .map(StageNode::stage)
            .filter(stage -> !needed.contains(stage.index()))
            .toList();
    return new Evaluation(evaluated, full.target(), pruned, requiredImages(full), undefined);
  }

  private NavigableSet<Integer> needed(StageGraph of) {
    if (!allStages) {
      return of.neededBy(of.target());
    }
    var all = new TreeSet<Integer>();
    of.stages().forEach(node -> all.add(node.index()));
    return all;
  }

  /**
   * Triggers can add dependencies on stages, and the bases of these stages can have triggers too.
   */
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
    return RequiredImage.base(node.stage(), image.name(), platform(node));
  }

  private PlatformId platform(StageNode node) {
    return node.platform().orElse(options.targetPlatform());
  }

  private List<RequiredImage> requiredImages(StageGraph of) {
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
          add(images, RequiredImage.files(node, dependency, name, options.targetPlatform()));
        }
      }
    }
    return List.copyOf(images.values());
  }

  private static void add(Map<String, RequiredImage> images, RequiredImage image) {
    images.putIfAbsent(image.use() + " " + image.platform() + " " + image.name(), image);
  }

  /** Looks up each base once. */
  private static final class KnownBases {
    private final Function<RequiredImage, ImageSettings> resolver;
    private final Map<String, ImageSettings> known = new HashMap<>();

    KnownBases(Function<RequiredImage, ImageSettings> resolver) {
      this.resolver = resolver;
    }

    ImageSettings settings(RequiredImage image) {
      var key = image.platform() + " " + image.name();
      var settings = known.get(key);
      if (settings == null) {
        settings = resolver.apply(image);
        known.put(key, settings);
      }
      return settings;
    }
  }
}
