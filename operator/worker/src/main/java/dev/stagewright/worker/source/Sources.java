package dev.stagewright.worker.source;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.download.DownloadOptions;
import dev.stagewright.worker.registries.Clients;
import dev.stagewright.worker.source.archive.ArchiveLimits;
import dev.stagewright.worker.source.archive.ArchiveSource;
import dev.stagewright.worker.source.archive.OciSource;
import dev.stagewright.worker.source.git.GitMounts;
import dev.stagewright.worker.source.git.GitSource;
import dev.stagewright.worker.source.git.KeepGitDirectory;
import dev.stagewright.worker.source.stream.StreamReceiver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Opens the source of a request.
 *
 * @param paths the paths of volumes, credentials and the workspace
 * @param input of the container, from a client
 * @param log of the phase
 */
public record Sources(PhasePaths paths, InputStream input, Log log) {
  private static final Duration GIT_TIMEOUT = Duration.ofSeconds(60);
  private static final String ARCHIVE = ".source-archive";

  /**
   * Fetches the source of a request.
   *
   * @throws BuildFailedException if the source does not exist, is malformed, or cannot be fetched
   */
  public SourceTree open(BuildRequest request) throws IOException {
    return switch (request.source()) {
      case SourceRequest.Inline(var files, var dockerfile) -> inline(files, dockerfile, request);
      case SourceRequest.Mounted() -> new MountedTree(volume());
      case SourceRequest.Volume() -> VolumeTree.open(volume());
      case SourceRequest.Stream stream ->
          new StreamReceiver(stream, paths.workspace().resolve(".stream"), log).receive(input);
      case SourceRequest.Git git ->
          new GitSource(
                  git,
                  new GitMounts(paths.git(), System.getenv()),
                  paths.workspace().resolve(".git-fetch"),
                  GIT_TIMEOUT)
              .fetch(new KeepGitDirectory(git, request.buildArgs()).isEnabled());
      case SourceRequest.Http http -> archives().fetch(http);
      case SourceRequest.Flux flux -> archives().fetch(flux);
      case SourceRequest.Oci oci ->
          new OciSource(
                  oci,
                  request.platform(),
                  paths.workspace().resolve(ARCHIVE),
                  ArchiveLimits.DEFAULT)
              .fetch(() -> Clients.of(paths).openForSource(request, oci));
    };
  }

  private ArchiveSource archives() {
    return new ArchiveSource(
        paths.sourceAccess(),
        paths.workspace().resolve(ARCHIVE),
        DownloadOptions.of(System.getenv()),
        ArchiveLimits.DEFAULT);
  }

  private static SourceTree inline(
      Map<String, String> files, Optional<String> dockerfile, BuildRequest request) {
    return dockerfile
        .map(text ->
            InlineTree.of(files, request.dockerfile().orElse(DockerfileNames.DEFAULT), text))
        .orElseGet(() -> new InlineTree(files));
  }

  private Path volume() {
    if (!Files.isDirectory(paths.source())) {
      throw new BuildFailedException(
          Failure.of(FailureReason.Internal, "no source volume is mounted at " + paths.source()));
    }
    return paths.source();
  }
}
