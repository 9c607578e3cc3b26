package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.protocol.Mounts;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Declares the volumes of the Pods of prepare, check and push.
 *
 * @param scratch path of the directory for temporary files
 */
record WorkerVolumes(PodContext context, RegistryAccess access, String scratch) {
  /** Prefixes of the ids of secrets that ADD uses for private repositories and URLs. */
  private static final List<String> FETCH_SECRETS = List.of("GIT_AUTH_", "HTTP_AUTH_");

  /** The volumes of prepare. */
  List<MountedVolume> prepare() {
    var mounts = new ArrayList<MountedVolume>();
    mounts.add(workspace(false));
    mounts.add(request());
    mounts.addAll(source());
    mounts.addAll(fetchSecrets());
    mounts.addAll(pullSecrets());
    mounts.addAll(common());
    return List.copyOf(mounts);
  }

  /**
   * The volumes of prepare that its container does not mount: the claim for caches. The scheduler
   * then puts prepare on a node where the claim is available, because stages may have to run there.
   */
  List<Volume> prepareUnmounted() {
    return Optional.ofNullable(context.spec().cache())
        .map(cache -> StageVolumes.cache(cache).volume())
        .stream()
        .toList();
  }

  /** The volumes of check. */
  List<MountedVolume> check() {
    var mounts = new ArrayList<MountedVolume>();
    mounts.add(request());
    mounts.addAll(new PushDestinations(context.spec().output()).mounts());
    mounts.addAll(common());
    return List.copyOf(mounts);
  }

  /** The volumes of push. */
  List<MountedVolume> push() {
    var mounts = new ArrayList<MountedVolume>();
    mounts.add(workspace(true));
    mounts.add(request());
    mounts.add(MountedVolume.configMap(PodVolume.PLAN, context.run().names().plan(), Mounts.PLAN));
    mounts.addAll(new PushDestinations(context.spec().output()).mounts());
    mounts.addAll(pullSecrets());
    mounts.addAll(common());
    return List.copyOf(mounts);
  }

  private List<MountedVolume> common() {
    var mounts = new ArrayList<>(access.mounts());
    mounts.add(MountedVolume.emptyDir(PodVolume.TMP, scratch, false));
    return mounts;
  }

  private MountedVolume workspace(boolean readOnly) {
    var claim = context.run().names().workspace();
    return MountedVolume.claim(
        PodVolume.WORKSPACE, claim, Mounts.WORKSPACE, Optional.empty(), readOnly);
  }

  private MountedVolume request() {
    return MountedVolume.configMap(
        PodVolume.REQUEST, context.run().names().request(), Mounts.REQUEST);
  }

  private List<MountedVolume> source() {
    var source = context.spec().source();
    var mounts = new ArrayList<MountedVolume>();
    if (source.configMap() != null) {
      var name = source.configMap().name();
      mounts.add(MountedVolume.configMap(PodVolume.SOURCE, name, Mounts.SOURCE));
    }
    if (source.persistentVolumeClaim() != null) {
      var claim = source.persistentVolumeClaim();
      var path = Optional.ofNullable(claim.path());
      mounts.add(
          MountedVolume.claim(PodVolume.SOURCE, claim.claimName(), Mounts.SOURCE, path, true));
    }
    if (source.git() != null && source.git().credentials() != null) {
      var name = source.git().credentials().name();
      mounts.add(
          MountedVolume.secret(
              PodVolume.GIT_CREDENTIALS, name, Mounts.GIT_CREDENTIALS + "/" + name));
    }
    return mounts;
  }

  private List<MountedVolume> fetchSecrets() {
    return MountedVolume.secretFiles(
        context.spec().secrets().stream()
            .filter(secret -> FETCH_SECRETS.stream().anyMatch(secret.id()::startsWith))
            .toList());
  }

  /** The directories have the names of the Secrets, so that failures can name them. */
  private List<MountedVolume> pullSecrets() {
    var mounts = new ArrayList<MountedVolume>();
    var ofSpec = context.spec().imagePullSecrets();
    for (var i = 0; i < ofSpec.size(); i++) {
      var name = ofSpec.get(i).name();
      mounts.add(
          MountedVolume.secret(
              PodVolume.PULL_SECRET, i, name, credentials(PodVolume.PULL_SECRET, i, name)));
    }
    var ofAccount = context.accountSecrets();
    for (var i = 0; i < ofAccount.size(); i++) {
      var name = ofAccount.get(i);
      mounts.add(
          MountedVolume.optionalSecret(
              PodVolume.ACCOUNT_SECRET, i, name, credentials(PodVolume.ACCOUNT_SECRET, i, name)));
    }
    return mounts;
  }

  private static String credentials(PodVolume kind, int index, String secret) {
    return Mounts.REGISTRY_CREDENTIALS + "/" + kind.volumeName(index) + "/" + secret;
  }
}
