package dev.stagewright.worker.remote;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.registry.concurrent.ParallelTasks;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.download.DownloadOptions;
import dev.stagewright.worker.download.Downloader;
import dev.stagewright.worker.plan.RemoteSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Fetches the remote sources of ADD instructions in parallel.
 *
 * @param workspace the root of the workspace, with existing directories
 * @param secrets the build secrets with credentials
 * @param options timeouts and retries of downloads, and the proxies of all sources
 * @param created the modification time of files from git
 * @param log receives the fetched sources
 */
public record RemoteSourceFetcher(
    Path workspace, RemoteSecrets secrets, DownloadOptions options, Instant created, Log log) {
  private static final int PARALLEL_FETCHES = 8;
  private static final Duration GIT_TIMEOUT = Duration.ofSeconds(60);

  /**
   * Fetches sources.
   *
   * @throws BuildFailedException if a source cannot be fetched, with the position of its
   *     instruction
   */
  public void fetch(List<RemoteSource> sources) throws IOException, InterruptedException {
    var repositories = new GitRepositoryFetcher(secrets, options.proxies(), GIT_TIMEOUT, created);
    try (var downloader = new Downloader(options)) {
      var urls = new UrlFetcher(downloader, secrets);
      var tasks =
          sources.stream()
              .<Callable<Long>>map(source -> () -> fetch(source, urls, repositories))
              .toList();
      var _ = new ParallelTasks(PARALLEL_FETCHES).run(tasks);
    }
  }

  private long fetch(RemoteSource source, UrlFetcher urls, GitRepositoryFetcher repositories)
      throws IOException, InterruptedException {
    var directory = workspace.resolve(Workspace.remote(source.id()));
    try {
      var size =
          switch (source.source()) {
            case AddSource.Http url -> urls.fetch(url, directory);
            case AddSource.Git repository -> repositories.fetch(repository, directory);
            case AddSource.Local local -> throw new IllegalArgumentException(local.path());
          };
      log.print("fetched " + source.address() + ": " + new ByteCount(size));
      return size;
    } catch (RemoteException e) {
      throw new BuildFailedException(
          Failure.at(
              e.reason(), "ADD failed: " + e.getMessage(), source.stage(), source.position()),
          e);
    }
  }
}
