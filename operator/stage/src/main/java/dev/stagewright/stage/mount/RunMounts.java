package dev.stagewright.stage.mount;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.copy.CopySources;
import dev.stagewright.stage.path.RootedPath;
import dev.stagewright.stage.sandbox.SandboxMount;
import dev.stagewright.stage.sandbox.SandboxMount.Writes;
import java.io.IOException;
import java.util.function.Consumer;

/** Prepares the mounts of the commands of a stage. */
public final class RunMounts {
  private static final String AGENT_VARIABLE = "SSH_AUTH_SOCK";
  private static final int SCRIPT_MODE = 0755;

  private final ScratchDirectory scratch;
  private final BindMountSources sources;
  private final CacheDirectories caches;
  private final Secrets secrets;
  private final SshAgents agents;
  private boolean evicted;

  /**
   * Prepares mounts for one stage.
   *
   * @param sources sources of bind mounts and of seeds of caches
   * @param log receives lines for users
   */
  public RunMounts(MountFolders folders, CopySources sources, Consumer<String> log) {
    this.scratch = new ScratchDirectory(folders.scratch().resolve("mounts"));
    this.sources = new BindMountSources(sources, scratch);
    this.caches =
        new CacheDirectories(folders.cache(), folders.scratch().resolve("caches"), sources, log);
    this.secrets = new Secrets(folders.secrets());
    this.agents = new SshAgents(folders.ssh());
  }

  /**
   * Prepares the mounts of one command.
   *
   * @throws MountException if a source is missing or cannot be used
   */
  public PreparedMounts prepare(Step.Run step) throws IOException, MountException {
    var prepared = new PreparedMounts();
    var usesCaches =
        step.surroundings().mounts().stream().anyMatch(RunMount.Cache.class::isInstance);
    try {
      if (usesCaches) {
        prepared.hold(caches::evict);
      }
      for (var mount : step.surroundings().mounts()) {
        prepare(mount, step, prepared);
      }
      if (usesCaches && !evicted) {
        evicted = true; // A Pod that was killed, or used a higher limit, may have left too much.
        caches.evict();
      }
      for (var script : step.scripts()) {
        var file = scratch.file(script.content(), SCRIPT_MODE);
        prepared.hold(file);
        prepared.add(new SandboxMount.Bind(target(script.name()), file.path(), Writes.REFUSED));
      }
      return prepared;
    } catch (IOException | MountException | RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  private void prepare(RunMount mount, Step.Run step, PreparedMounts prepared)
      throws IOException, MountException {
    switch (mount) {
      case RunMount.Bind bind ->
          prepared.add(
              new SandboxMount.Bind(
                  target(bind.target()),
                  sources.source(bind.from(), bind.path()),
                  bind.readOnly() ? Writes.REFUSED : Writes.DISCARDED));
      case RunMount.Cache cache -> {
        var use = caches.use(cache, prepared);
        prepared.add(
            new SandboxMount.Bind(
                target(cache.target()), use, cache.readOnly() ? Writes.REFUSED : Writes.KEPT));
      }
      case RunMount.Tmpfs tmpfs ->
          prepared.add(new SandboxMount.Tmpfs(target(tmpfs.target()), tmpfs.size()));
      case RunMount.Secret secret -> secret(secret, prepared);
      case RunMount.Ssh ssh -> ssh(ssh, step, prepared);
    }
  }

  private void secret(RunMount.Secret secret, PreparedMounts prepared)
      throws IOException, MountException {
    var value = secrets.find(secret);
    if (value.isEmpty()) {
      // As in BuildKit, the variable is set anyway.
      secret.variable().ifPresent(name -> prepared.variable(name, ""));
      return;
    }
    if (secret.target().isPresent()) {
      var file = scratch.file(value.get(), secret.mode(), secret.uid(), secret.gid());
      prepared.hold(file);
      prepared.add(
          new SandboxMount.Bind(target(secret.target().get()), file.path(), Writes.REFUSED));
    }
    if (secret.variable().isPresent()) {
      prepared.variable(secret.variable().get(), Secrets.text(secret, value.get()));
    }
  }

  private void ssh(RunMount.Ssh ssh, Step.Run step, PreparedMounts prepared)
      throws IOException, MountException {
    // As in BuildKit, even if there are no keys.
    if (!step.environment().containsKey(AGENT_VARIABLE)
        && !prepared.environment().containsKey(AGENT_VARIABLE)) {
      prepared.variable(AGENT_VARIABLE, ssh.target());
    }
    var keys = agents.keys(ssh);
    if (!keys.isEmpty()) {
      var socket = scratch.socket(keys, ssh.mode(), ssh.uid(), ssh.gid());
      prepared.hold(socket);
      prepared.add(new SandboxMount.Bind(target(ssh.target()), socket.path(), Writes.KEPT));
    }
  }

  private static String target(String text) {
    return RootedPath.clean(RawName.of(text));
  }
}
