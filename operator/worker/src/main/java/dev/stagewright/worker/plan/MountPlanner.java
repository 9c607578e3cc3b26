package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction.Run;
import dev.stagewright.dockerfile.eval.ResolvedMount;
import dev.stagewright.dockerfile.mount.Mount;
import dev.stagewright.dockerfile.source.GoPath;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest.AllowedSecrets;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.RunMount;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Lowers the mounts of RUN, and fills in what is not written as BuildKit does.
 *
 * @param provisions what the build has
 * @param cacheNamespace keeps the ids of caches apart; empty for none
 * @param origins says where mounts find files
 * @param failures of the stage
 */
record MountPlanner(
    AllowedSecrets provisions,
    String cacheNamespace,
    CopyFromResolver origins,
    StageFailures failures) {
  private static final int CACHE_MODE = 0755;
  private static final int PERMISSIONS = 0777;
  private static final int SECRET_MODE = 0400;
  private static final int SOCKET_MODE = 0600;

  /**
   * A mount that is no SSH agent; empty where it is optional and the build does not have it.
   *
   * @throws BuildFailedException if the build does not have it and it is required
   */
  Optional<RunMount> of(Run run, ResolvedMount mount) {
    return switch (mount.mount()) {
      case Mount.Bind bind -> Optional.of(bind(run, mount, bind));
      case Mount.Cache cache -> Optional.of(cache(run, mount, cache));
      case Mount.Tmpfs tmpfs ->
          Optional.of(new RunMount.Tmpfs(mount.target(), optional(tmpfs.size())));
      case Mount.Secret secret -> secret(run, mount, secret);
      case Mount.Ssh ssh -> ssh(run, ssh, mount.target());
    };
  }

  /** Of scratch a mount shows nothing, and what is written there is discarded: memory will do. */
  private RunMount bind(Run run, ResolvedMount mount, Mount.Bind bind) {
    return origins
        .of(run, mount.source())
        .<RunMount>map(from ->
            new RunMount.Bind(from, GoPath.rooted(bind.source()), mount.target(), bind.readOnly()))
        .orElseGet(() -> new RunMount.Tmpfs(mount.target(), Optional.empty()));
  }

  private RunMount cache(Run run, ResolvedMount mount, Mount.Cache cache) {
    var id = cache.id().orElseGet(() -> GoPath.clean(cache.target()));
    return new RunMount.Cache(
        cacheNamespace.isEmpty() ? id : cacheNamespace + "/" + id,
        origins.of(run, mount.source()),
        GoPath.rooted(cache.source()),
        mount.target(),
        cache.readOnly(),
        switch (cache.sharing()) {
          case SHARED -> RunMount.Sharing.SHARED;
          case PRIVATE -> RunMount.Sharing.PRIVATE;
          case LOCKED -> RunMount.Sharing.LOCKED;
        },
        attributes(cache));
  }

  /** As in BuildKit, a cache that begins with a path of something else has the attributes there. */
  private static Optional<RunMount.CacheAttributes> attributes(Mount.Cache cache) {
    var isAsked = cache.mode().isPresent() || cache.uid().isPresent() || cache.gid().isPresent();
    return isAsked && GoPath.rooted(cache.source()).equals("/")
        ? Optional.of(
            new RunMount.CacheAttributes(
                cache.mode().orElse(CACHE_MODE) & PERMISSIONS,
                owner(cache.uid()),
                owner(cache.gid())))
        : Optional.empty();
  }

  private Optional<RunMount> secret(Run run, ResolvedMount mount, Mount.Secret secret) {
    if (!provisions.secrets().contains(secret.id())) {
      return missing(run, secret.required(), "secret", secret.id(), "spec.secrets");
    }
    return Optional.of(
        new RunMount.Secret(
            secret.id(),
            Optional.of(mount.target()).filter(target -> !target.isEmpty()),
            secret.variable(),
            secret.required(),
            secret.mode().orElse(SECRET_MODE),
            owner(secret.uid()),
            owner(secret.gid())));
  }

  /**
   * An SSH agent; empty where it is optional and the build does not have it.
   *
   * @param socket where it listens
   * @throws BuildFailedException if the build does not have it and it is required
   */
  Optional<RunMount> ssh(Run run, Mount.Ssh ssh, String socket) {
    if (!provisions.ssh().contains(ssh.id())) {
      return missing(run, ssh.required(), "ssh", ssh.id(), "spec.ssh");
    }
    return Optional.of(
        new RunMount.Ssh(
            ssh.id(),
            socket,
            ssh.required(),
            ssh.mode().orElse(SOCKET_MODE),
            owner(ssh.uid()),
            owner(ssh.gid())));
  }

  private Optional<RunMount> missing(
      Run run, boolean required, String type, String id, String field) {
    if (!required) {
      return Optional.empty();
    }
    throw failures.of(
        run,
        FailureReason.SecretNotFound,
        "RUN --mount=type="
            + type
            + ",id="
            + id
            + " is required, but "
            + field
            + " has no entry with the id "
            + id);
  }

  private static long owner(OptionalInt id) {
    return Integer.toUnsignedLong(id.orElse(0));
  }

  private static Optional<Long> optional(OptionalLong size) {
    return size.isPresent() ? Optional.of(size.getAsLong()) : Optional.empty();
  }
}
