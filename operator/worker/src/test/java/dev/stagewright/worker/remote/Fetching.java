package dev.stagewright.worker.remote;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.download.DownloadOptions;
import dev.stagewright.worker.plan.RemoteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fetches remote sources to a workspace in a directory, without delays. */
final class Fetching {
  static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  static final InstructionPosition ADD = new InstructionPosition("Dockerfile", 2, "ADD …");

  private final Path directory;
  private ProxyEnvironment proxies = ProxyEnvironment.NONE;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  Fetching(Path directory) {
    this.directory = directory;
  }

  /** Sets a variable of the environment that configures a proxy. */
  void proxy(String variable, String address) {
    proxies = ProxyEnvironment.of(Map.of(variable, address));
  }

  private DownloadOptions options() {
    return new DownloadOptions(
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5)),
        new Retry(3, _ -> {}),
        proxies);
  }

  /** Adds a build secret. */
  void secret(String id, String value) throws IOException {
    var secrets = Files.createDirectories(directory.resolve("secrets"));
    Files.writeString(secrets.resolve(id), value + "\n");
  }

  /** Adds a value to the Secret with the SSH keys. */
  void sshFile(String name, String value) throws IOException {
    var keys = Files.createDirectories(directory.resolve("ssh/default"));
    Files.writeString(keys.resolve(name), value);
  }

  /** Fetches one source and opens the result, which the caller closes. */
  IndexedTar fetch(AddSource source) throws IOException, InterruptedException {
    fetchAll(List.of(source));
    return open("r0");
  }

  /** Fetches several sources. */
  void fetchAll(List<AddSource> sources) throws IOException, InterruptedException {
    var remoteSources = new ArrayList<RemoteSource>();
    for (var addSource : sources) {
      var source = new RemoteSource("r" + remoteSources.size(), addSource, "web", ADD);
      Files.createDirectories(directory.resolve(Workspace.remote(source.id())));
      remoteSources.add(source);
    }
    var out = new Log(new PrintStream(log, true, StandardCharsets.UTF_8));
    new RemoteSourceFetcher(
            directory,
            new RemoteSecrets(directory.resolve("secrets"), directory.resolve("ssh")),
            options(),
            NOW,
            out)
        .fetch(remoteSources);
  }

  IndexedTar open(String id) throws IOException {
    var remote = directory.resolve(Workspace.remote(id));
    return IndexedTar.open(remote.resolve(Workspace.TAR), remote.resolve(Workspace.INDEX));
  }

  /** Returns the names of the files of a remote source. */
  List<String> files(String id) throws IOException {
    try (var files = Files.list(directory.resolve(Workspace.remote(id)))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  Failure failureOf(AddSource source) {
    return catchThrowableOfType(BuildFailedException.class, () -> fetch(source)).failure();
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
