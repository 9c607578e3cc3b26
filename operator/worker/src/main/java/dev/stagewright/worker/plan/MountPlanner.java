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
 * Plans the mounts of the RUN instructions of one stage, with the defaults of BuildKit.
 *
 * @param allowed the secrets and SSH keys that the stage may use
 * @param cacheNamespace prefix of the ids of caches; empty for none
 * @param sources the sources of files
 * @param locator creates failures
 */
record MountPlanner(
    AllowedSecrets allowed,
    String cacheNamespace,
    FileSources sources,
    InstructionLocator locator) {
  private static final int CACHE_MODE = 0755;
  private static final int PERMISSIONS = 0777;
  private static final int SECRET_MODE = 0400;
  private static final int SOCKET_MODE = 0600;

  /**
   * Plans a mount; empty for an optional secret or SSH key that the build does not have.
   *
   * @throws BuildFailedException if the build does not have a required secret or SSH key
   */
  Optional<RunMount> plan(Run run, ResolvedMount mount) {
    return switch (mount.mount()) {
      case Mount.Bind bind -> Optional.of(bind(run, mount, bind));
      case Mount.Cache cache -> Optional.of(cache(run, mount, cache));
      case Mount.Tmpfs tmpfs ->
          Optional.of(new RunMount.Tmpfs(mount.target(), optional(tmpfs.size())));
      case Mount.Secret secret -> secret(run, mount, secret);
      case Mount.Ssh ssh -> ssh(run, ssh, mount.target());
    };
  }

  /** A bind mount of scratch is an empty tmpfs: it has no files, and writes are discarded. */
  private RunMount bind(Run run, ResolvedMount mount, Mount.Bind bind) {
    return sources
        .copyFrom(mount.source(), run, locator)
        .<RunMount>map(from ->
            new RunMount.Bind(from, GoPath.rooted(bind.source()), mount.target(), bind.readOnly()))
        .orElseGet(() -> new RunMount.Tmpfs(mount.target(), Optional.empty()));
  }

  private RunMount cache(Run run, ResolvedMount mount, Mount.Cache cache) {
    var id = cache.id().orElseGet(() -> GoPath.clean(cache.target()));
    return new RunMount.Cache(
        cacheNamespace.isEmpty() ? id : cacheNamespace + "/" + id,
        sources.copyFrom(mount.source(), run, locator),
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

  /** As in BuildKit, a cache that is seeded from a path has the attributes of that path. */
  private static Optional<RunMount.CacheAttributes> attributes(Mount.Cache cache) {
    var isSet = cache.mode().isPresent() || cache.uid().isPresent() || cache.gid().isPresent();
    return isSet && GoPath.rooted(cache.source()).equals("/")
        ? Optional.of(
            new RunMount.CacheAttributes(
                cache.mode().orElse(CACHE_MODE) & PERMISSIONS,
                owner(cache.uid()),
                owner(cache.gid())))
        : Optional.empty();
  }

  private Optional<RunMount> secret(Run run, ResolvedMount mount, Mount.Secret secret) {
    if (!allowed.secrets().contains(secret.id())) {
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
   * Plans the mount of an SSH agent; empty if it is optional and the build does not have the key.
   *
   * @param socket path of the agent's socket
   * @throws BuildFailedException if the key is required and the build does not have it
   */
  Optional<RunMount> ssh(Run run, Mount.Ssh ssh, String socket) {
    if (!allowed.ssh().contains(ssh.id())) {
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
    throw locator.failure(
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
