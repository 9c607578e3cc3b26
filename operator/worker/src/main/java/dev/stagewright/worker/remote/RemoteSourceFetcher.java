package dev.stagewright.worker.remote;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.registry.concurrent.ParallelTasks;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.plan.RemoteSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Fetches all that ADD takes from elsewhere, side by side.
 *
 * @param workspace its root; the folders exist
 * @param secrets folder of the build secrets that fetching may use; may be missing
 * @param options timeouts and retries of downloads
 * @param created the time of files that git makes
 * @param log tells what was fetched
 */
public record RemoteSourceFetcher(
    Path workspace, Path secrets, DownloadOptions options, Instant created, Log log) {
  private static final int PARALLEL_FETCHES = 8;
  private static final Duration GIT_TIMEOUT = Duration.ofSeconds(60);

  /**
   * Fetches these.
   *
   * @throws BuildFailedException if one cannot be had; at the instruction that asks for it
   */
  public void fetch(List<RemoteSource> additions) throws IOException, InterruptedException {
    var known = new RemoteSecrets(secrets);
    var repositories = new GitRepositoryFetcher(known, GIT_TIMEOUT, created);
    try (var downloader = new Downloader(known, options)) {
      var urls = new UrlFetcher(downloader);
      var tasks =
          additions.stream()
              .<Callable<Long>>map(addition -> () -> fetch(addition, urls, repositories))
              .toList();
      var _ = new ParallelTasks(PARALLEL_FETCHES).run(tasks);
    }
  }

  private long fetch(RemoteSource addition, UrlFetcher urls, GitRepositoryFetcher repositories)
      throws IOException, InterruptedException {
    var folder = workspace.resolve(Workspace.remote(addition.id()));
    try {
      var size =
          switch (addition.source()) {
            case AddSource.Http url -> urls.fetch(url, folder);
            case AddSource.Git repository -> repositories.fetch(repository, folder);
            case AddSource.Local local -> throw new IllegalArgumentException(local.path());
          };
      log.say("fetched " + addition.address() + ": " + new ByteCount(size));
      return size;
    } catch (RemoteException e) {
      throw new BuildFailedException(
          Failure.at(
              e.reason(), "ADD failed: " + e.getMessage(), addition.stage(), addition.position()),
          e);
    }
  }
}
