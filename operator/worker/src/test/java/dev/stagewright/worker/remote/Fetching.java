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
import dev.stagewright.worker.Log;
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

/** Fetches into a workspace in a folder, with short pauses. */
final class Fetching {
  static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  static final InstructionPosition ADD = new InstructionPosition("Dockerfile", 2, "ADD …");

  private static final DownloadOptions OPTIONS =
      new DownloadOptions(
          new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5)),
          new Retry(3, _ -> {}));

  private final Path folder;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  Fetching(Path folder) {
    this.folder = folder;
  }

  /** Gives the build a secret. */
  void secret(String id, String value) throws IOException {
    var secrets = Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(secrets.resolve(id), value + "\n");
  }

  /** Fetches one source and opens what became of it; to be closed. */
  IndexedTar fetch(AddSource source) throws IOException, InterruptedException {
    fetchAll(List.of(source));
    return open("r0");
  }

  /** Fetches several. */
  void fetchAll(List<AddSource> sources) throws IOException, InterruptedException {
    var additions = new ArrayList<RemoteSource>();
    for (var source : sources) {
      var addition = new RemoteSource("r" + additions.size(), source, "web", ADD);
      Files.createDirectories(folder.resolve(Workspace.remote(addition.id())));
      additions.add(addition);
    }
    var out = new Log(new PrintStream(log, true, StandardCharsets.UTF_8));
    new RemoteSourceFetcher(folder, folder.resolve("secrets"), OPTIONS, NOW, out).fetch(additions);
  }

  IndexedTar open(String id) throws IOException {
    var remote = folder.resolve(Workspace.remote(id));
    return IndexedTar.open(remote.resolve(Workspace.TAR), remote.resolve(Workspace.INDEX));
  }

  /** Names of what lies in a remote's folder. */
  List<String> left(String id) throws IOException {
    try (var files = Files.list(folder.resolve(Workspace.remote(id)))) {
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
