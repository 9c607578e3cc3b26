package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.BuildSecret;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Declares the volumes of a stage's Pod: the directories of the workspace that the stage reads and
 * writes, and the secrets, SSH keys and caches that its instructions name.
 *
 * @param settings of the stage
 */
record StageVolumes(
    PodContext context, BuildPlan plan, StagePlan stage, Optional<StageSettings> settings) {
  /** Directory of the cache claim. The rest of the claim may have other uses. */
  private static final String CACHE_DIRECTORY = "stagewright/cache";

  /**
   * The volumes that instructions do not see.
   *
   * @param rootImage the image that the Pod runs; empty if it runs the operator's image
   */
  List<MountedVolume> own(Optional<ImageReference> rootImage) {
    var mounts = new ArrayList<MountedVolume>();
    mounts.add(MountedVolume.configMap(PodVolume.PLAN, context.run().names().plan(), Mounts.PLAN));
    mounts.add(workspace(Mounts.OWN, Workspace.stage(stage.id()), false));
    if (stage.usesContext()) {
      mounts.add(workspace(Mounts.CONTEXT, Workspace.CONTEXT, true));
    }
    for (var id : readStages()) {
      mounts.add(workspace(Mounts.stage(id), Workspace.stage(id), true));
    }
    if (stage.usesRemotes()) {
      mounts.add(workspace(Mounts.REMOTES, Workspace.REMOTES, true));
    }
    if (stage.usesCacheMounts()) {
      mounts.add(cache());
    }
    mounts.addAll(secrets());
    mounts.addAll(sshKeys());
    var scratch = MountedVolume.emptyDir(PodVolume.SCRATCH, Mounts.SCRATCH, false);
    mounts.add(scratch);
    mounts.add(scratch.directory(Mounts.INNER_FOLDER, Mounts.INNER));
    mounts.addAll(images(rootImage));
    return List.copyOf(mounts);
  }

  /** The volumes of {@code spec.stages[].volumes}, which instructions see. */
  List<MountedVolume> ofUser() {
    var mounts = new ArrayList<MountedVolume>();
    for (var volume : settings.map(StageSettings::volumes).orElse(List.of())) {
      mounts.add(MountedVolume.ofStage(mounts.size(), volume));
    }
    return List.copyOf(mounts);
  }

  /**
   * The stages whose directories this stage reads: those that it copies from, and those that it is
   * based on, whose layers make up its root file system.
   */
  private Set<String> readStages() {
    var read = new LinkedHashSet<>(stage.needs());
    var current = stage;
    while (current.base() instanceof StageBase.Stage(var parent)) {
      read.add(parent);
      current = plan.stage(parent);
    }
    return read;
  }

  private MountedVolume cache() {
    return switch (context.cacheMounts()) {
      case CacheStorage.Workspace _ -> workspace(Mounts.CACHE, Workspace.CACHE, false);
      case CacheStorage.Claim claim -> cache(claim);
    };
  }

  /** The claim for cache mounts. */
  static MountedVolume cache(CacheStorage.Claim claim) {
    return MountedVolume.claim(
        PodVolume.CACHE, claim.name(), Mounts.CACHE, Optional.of(CACHE_DIRECTORY), false);
  }

  /** A secret of the stage takes precedence over one of the build with the same id. */
  private List<MountedVolume> secrets() {
    var named = ids(RunMount.Secret.class, RunMount.Secret::id);
    var ofStage = settings.map(StageSettings::secrets).orElse(List.of());
    var overridden = ofStage.stream().map(BuildSecret::id).collect(Collectors.toSet());
    var ofBuild =
        context.spec().secrets().stream().filter(secret -> !overridden.contains(secret.id()));
    return MountedVolume.secretFiles(
        Stream.concat(ofStage.stream(), ofBuild)
            .filter(secret -> named.contains(secret.id()))
            .toList());
  }

  private List<MountedVolume> sshKeys() {
    var named = ids(RunMount.Ssh.class, RunMount.Ssh::id);
    var keys = context.spec().ssh();
    var mounts = new ArrayList<MountedVolume>();
    for (var i = 0; i < keys.size(); i++) {
      var id = keys.get(i).id();
      if (named.contains(id)) {
        var secret = keys.get(i).secret().name();
        mounts.add(MountedVolume.secret(PodVolume.SSH_KEYS, i, secret, Mounts.SSH + "/" + id));
      }
    }
    return mounts;
  }

  /** The ids that the mounts of this type name. */
  private <T extends RunMount> Set<String> ids(Class<T> type, Function<T, String> id) {
    return stage.mounts().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .map(id)
        .collect(Collectors.toSet());
  }

  private List<MountedVolume> images(Optional<ImageReference> rootImage) {
    if (!context.imageVolumes()) {
      return List.of(MountedVolume.emptyDir(PodVolume.RUNTIME, Mounts.RUNTIME_VOLUME, true));
    }
    var images = new ArrayList<MountedVolume>();
    images.add(MountedVolume.image(PodVolume.RUNTIME, context.image(), Mounts.RUNTIME_VOLUME));
    // The container's root file system has mount points that the image lacks. Only the original
    // shows which files there have changed and which were merely touched.
    rootImage.ifPresent(
        image -> images.add(MountedVolume.image(PodVolume.BASE, image.toString(), Mounts.BASE)));
    return images;
  }

  private MountedVolume workspace(String path, String subPath, boolean readOnly) {
    var claim = context.run().names().workspace();
    return MountedVolume.claim(PodVolume.WORKSPACE, claim, path, Optional.of(subPath), readOnly);
  }
}
