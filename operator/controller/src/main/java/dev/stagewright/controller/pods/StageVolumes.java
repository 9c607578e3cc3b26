package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.CacheVolume;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a stage's Pod sees beside its image: of the workspace what it needs, and of the build's
 * secrets, keys and caches those that its instructions name.
 */
record StageVolumes(PodContext context, BuildPlan plan, StagePlan stage) {
  /** Name of the runtime's volume. */
  static final String RUNTIME = "runtime";

  /** Folder of the cache claim that is ours: the rest of the volume may be somebody else's. */
  private static final String CACHE_FOLDER = "stagewright/cache";

  /**
   * All of them.
   *
   * @param root the image that the Pod runs; empty where it runs ours
   * @param settings what the stage has of its own
   */
  List<MountedVolume> mounts(Optional<StageBase.Image> root, Optional<StageSettings> settings) {
    var mounts = new ArrayList<MountedVolume>();
    mounts.add(MountedVolume.configMap("plan", context.run().names().plan(), Mounts.PLAN));
    mounts.add(workspace(Mounts.OWN, Workspace.stage(stage.id()), false));
    if (stage.usesContext()) {
      mounts.add(workspace(Mounts.CONTEXT, Workspace.CONTEXT, true));
    }
    for (var id : new StageAncestry(plan).readBy(stage)) {
      mounts.add(workspace(Mounts.stage(id), Workspace.stage(id), true));
    }
    if (stage.usesRemotes()) {
      mounts.add(workspace(Mounts.REMOTES, Workspace.REMOTES, true));
    }
    if (stage.mounts().stream().anyMatch(RunMount.Cache.class::isInstance)) {
      mounts.add(cache());
    }
    mounts.addAll(new SecretVolumes(context.spec()).of(stage, settings));
    var scratch = MountedVolume.emptyDir("scratch", Mounts.SCRATCH, false);
    mounts.add(scratch);
    mounts.add(scratch.task(Mounts.INNER_FOLDER, Mounts.INNER));
    mounts.addAll(images(root));
    return mounts;
  }

  private MountedVolume cache() {
    var cache = context.spec().cache();
    return cache == null ? workspace(Mounts.CACHE, Workspace.CACHE, false) : cache(cache);
  }

  /** The claim of the build's caches. */
  static MountedVolume cache(CacheVolume cache) {
    return MountedVolume.claim(
        "cache", cache.claimName(), Mounts.CACHE, Optional.of(CACHE_FOLDER), false);
  }

  private List<MountedVolume> images(Optional<StageBase.Image> root) {
    if (!context.imageVolumes()) {
      return List.of(MountedVolume.emptyDir(RUNTIME, Mounts.RUNTIME_VOLUME, true));
    }
    var images = new ArrayList<MountedVolume>();
    images.add(MountedVolume.image(RUNTIME, context.image(), Mounts.RUNTIME_VOLUME));
    // The base once more: in the container's own root there are places to mount on that are not the
    // image's, and what is touched there can be told from what changes only by the original.
    root.ifPresent(
        image -> images.add(MountedVolume.image("base", image.pinned().toString(), Mounts.BASE)));
    return images;
  }

  private MountedVolume workspace(String path, String subPath, boolean readOnly) {
    var claim = context.run().names().workspace();
    return MountedVolume.claim("workspace", claim, path, Optional.of(subPath), readOnly);
  }
}
