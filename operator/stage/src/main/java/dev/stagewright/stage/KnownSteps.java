package dev.stagewright.stage;

import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.protocol.CachedSteps;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first steps of a stage whose layers are on the workspace, so that they need not run.
 *
 * @param cached number of those that publish found in the cache; an earlier Pod of the stage has
 *     completed the others
 * @param layers the layer of each known step, in order
 */
record KnownSteps(int cached, List<StageResult.Layer> layers) {
  /**
   * Reads the known steps of a stage.
   *
   * @param own directory of the stage
   * @param layerCount number of steps of which the stage writes layers; more may be cached, if an
   *     earlier build has recorded more
   * @throws IOException if the cached steps are not those of the stage
   */
  static KnownSteps read(Path own, StagePlan stage, int layerCount) throws IOException {
    var cached = readCached(own, stage.steps().size());
    var layers = new ArrayList<>(cached);
    layers.addAll(new StepResults(own).read(cached.size(), layerCount));
    return new KnownSteps(cached.size(), List.copyOf(layers));
  }

  private static List<StageResult.Layer> readCached(Path own, int steps) throws IOException {
    var file = readCached(own);
    if (file.isEmpty()) {
      return List.of();
    }
    var cached = file.get();
    if (cached.steps() != cached.layers().size() || cached.steps() > steps) {
      throw new IOException(
          "%s has %d layers for %d steps, of a stage with %d steps"
              .formatted(
                  own.resolve(Workspace.CACHED), cached.layers().size(), cached.steps(), steps));
    }
    return cached.layers();
  }

  private static Optional<CachedSteps> readCached(Path own) throws IOException {
    try {
      return Optional.of(
          Json.read(new UntrustedFile(own.resolve(Workspace.CACHED)).text(), CachedSteps.class));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /**
   * Whether the layers of cached steps are missing on the workspace, since publish expects that the
   * image of the Pod contains them.
   *
   * @param imageLayers number of layers that it contains
   */
  static boolean lackLayers(Path own, int imageLayers) throws IOException {
    return readCached(own)
        .flatMap(CachedSteps::imageLayers)
        .filter(required -> required > imageLayers)
        .isPresent();
  }

  /** The number of steps. */
  int count() {
    return layers.size();
  }

  /** The stages of a Pod that have a step left, or at least the last one. */
  List<StagePlan.Member> remaining(List<StagePlan.Member> members) {
    var first = 0;
    while (count() > 0 && first < members.size() - 1 && end(members.get(first)) <= count()) {
      first++;
    }
    return members.subList(first, members.size());
  }

  private static int end(StagePlan.Member member) {
    return member.firstStep() + member.steps();
  }

  /**
   * Says which step is the first that runs, and why; empty if no step is known.
   *
   * @param member first of the remaining stages
   */
  Optional<String> describe(StagePlan.Member member) {
    if (layers.isEmpty()) {
      return Optional.empty();
    }
    var reason = cached == count() ? "are cached" : "have run in an earlier Pod of this stage";
    if (end(member) == count()) {
      return Optional.of("no step runs: all of them " + reason);
    }
    var number = count() - member.firstStep() + 2;
    return Optional.of(
        "starts at step %d/%d: all steps before it %s"
            .formatted(number, member.steps() + 1, reason));
  }
}
