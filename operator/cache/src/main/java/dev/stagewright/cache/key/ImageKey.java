package dev.stagewright.cache.key;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.FetchedSource;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.StageBase;
import java.util.Optional;

/**
 * Computes the key of an image: of its layers, config, history, format and annotations. The
 * repositories and tags do not affect it.
 */
public final class ImageKey {
  private ImageKey() {}

  /**
   * The key of the image of a plan.
   *
   * @param last key of the last step of the target, or of its base if it has no steps
   */
  public static CacheKey of(BuildPlan plan, CacheKey last, BuildRequest request) {
    var hash =
        KeyHash.of("image")
            .add(last)
            .add(plan.image().config())
            .add(plan.image().baseHistory())
            .add(request.output().format().name())
            .add(request.output().annotations())
            .add(plan.revision().or(() -> plan.source().flatMap(FetchedSource::revision)))
            .add(source(plan, request))
            .add(plan.baseImage().map(StageBase.Image::name));
    history(plan, hash);
    return hash.key();
  }

  /** Stages that share a Pod are one stage here, so the steps are counted through all stages. */
  private static void history(BuildPlan plan, KeyHash hash) {
    var first = 0;
    for (var stage : plan.chain()) {
      for (var entry : stage.history()) {
        hash.add(entry.createdBy()).add(entry.step() < 0 ? -1 : first + entry.step());
      }
      first += stage.steps().size();
    }
  }

  /** The address that an annotation contains, without user and password. */
  private static Optional<String> source(BuildPlan plan, BuildRequest request) {
    return request.source() instanceof SourceRequest.Git git
        ? Optional.of(git.publicUrl())
        : plan.source().map(FetchedSource::url);
  }
}
