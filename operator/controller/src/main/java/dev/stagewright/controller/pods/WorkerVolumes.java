package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.protocol.Mounts;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Declares the volumes of the worker Pod. Each container mounts only its own: prepare cannot read
 * the credentials of the output and the cache, and publish cannot read those of the source.
 *
 * @param usesCache whether the request of the run has a cache of instructions
 * @param scratch path of the directory for temporary files
 */
record WorkerVolumes(PodContext context, RegistryAccess access, boolean usesCache, String scratch) {
  /** Prefixes of the ids of secrets that ADD uses for private repositories and URLs. */
  private static final List<String> FETCH_SECRETS = List.of("GIT_AUTH_", "HTTP_AUTH_");

  /** The id of the SSH keys that ADD uses, as in BuildKit. */
  private static final String FETCH_KEYS = "default";

  /** The volumes of prepare. */
  List<MountedVolume> prepare() {
    var mounts = new ArrayList<MountedVolume>();
    mounts.add(workspace());
    mounts.add(request());
    mounts.addAll(source());
    mounts.addAll(fetchSecrets());
    mounts.addAll(fetchKeys());
    mounts.addAll(pullSecrets());
    mounts.addAll(common(PodVolume.TMP));
    return List.copyOf(mounts);
  }

  /**
   * The volumes of the Pod that no container mounts: the claim of the spec for cache mounts. The
   * scheduler then puts the worker Pod on a node where the claim is available, because stages may
   * have to run there.
   */
  List<Volume> unmounted() {
    return context.cacheMounts() instanceof CacheStorage.Claim claim && !claim.ofOperator()
        ? List.of(StageVolumes.cache(claim).volume())
        : List.of();
  }

  /** The volumes of publish in a Pod with prepare, which leaves the plan in the workspace. */
  List<MountedVolume> publish() {
    var mounts = new ArrayList<MountedVolume>();
    mounts.add(workspace());
    mounts.add(request());
    mounts.addAll(new PushDestinations(context.spec().output()).mounts());
    if (usesCache) {
      mounts.addAll(new CacheLocation(context.spec()).mounts());
    }
    mounts.addAll(pullSecrets());
    mounts.addAll(common(PodVolume.PUBLISH_TMP));
    return List.copyOf(mounts);
  }

  /** The volumes of publish in a Pod of its own. */
  List<MountedVolume> publishAlone() {
    var plan = MountedVolume.configMap(PodVolume.PLAN, context.run().names().plan(), Mounts.PLAN);
    return Stream.concat(publish().stream(), Stream.of(plan)).toList();
  }

  private List<MountedVolume> common(PodVolume tmp) {
    var mounts = new ArrayList<>(access.mounts());
    mounts.add(MountedVolume.emptyDir(tmp, scratch, false));
    return mounts;
  }

  private MountedVolume workspace() {
    var claim = context.run().names().workspace();
    return MountedVolume.claim(
        PodVolume.WORKSPACE, claim, Mounts.WORKSPACE, Optional.empty(), false);
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
    if (source.git() != null) {
      mounts.addAll(new GitVolumes(source.git()).mounts());
    }
    if (source.http() != null) {
      mounts.addAll(new HttpSourceVolumes(source.http()).mounts());
    }
    if (source.oci() != null) {
      mounts.addAll(new OciArtifact(source.oci()).mounts());
    }
    return mounts;
  }

  /** The keys with which ADD fetches Git repositories over SSH. */
  private List<MountedVolume> fetchKeys() {
    var keys = context.spec().ssh();
    for (var i = 0; i < keys.size(); i++) {
      if (keys.get(i).id().equals(FETCH_KEYS)) {
        var path = Mounts.SSH + "/" + FETCH_KEYS;
        var secret = keys.get(i).secret().name();
        return List.of(MountedVolume.optionalSecret(PodVolume.SSH_KEYS, i, secret, path));
      }
    }
    return List.of();
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
