package dev.stagewright.worker.publish;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.cache.content.WorkspaceFiles;
import dev.stagewright.worker.cache.decision.ImageRepositories;
import dev.stagewright.worker.cache.decision.StageDecisions;
import dev.stagewright.worker.cache.store.CacheStore;
import dev.stagewright.worker.registries.Clients;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The cache of a build, if the request has one. */
final class BuildCache implements AutoCloseable {
  private final BuildRequest request;
  private final Optional<CacheStore> store;
  private final WorkspaceFiles files;
  private final Path workspace;
  private final Log log;

  private BuildCache(BuildRequest request, Optional<CacheStore> store, Path workspace, Log log) {
    this.request = request;
    this.store = store;
    this.workspace = workspace;
    this.files = new WorkspaceFiles(workspace, _ -> Optional.empty());
    this.log = log;
  }

  /**
   * Opens the cache of a build.
   *
   * @throws dev.stagewright.protocol.BuildFailedException if a Secret, a certificate or the host
   *     table is malformed
   */
  static BuildCache open(
      CacheStoreFactory factory, Clients opener, BuildRequest request, Path workspace, Log log)
      throws IOException {
    var store =
        request.cache().isPresent()
            ? Optional.of(factory.open(opener, request, request.cache().get()))
            : Optional.<CacheStore>empty();
    return new BuildCache(request, store, workspace, log);
  }

  /** The records and blobs; empty without a cache. */
  Optional<CacheStore> store() {
    return store;
  }

  /**
   * Starts to decide which stages have to run; all of them without a cache.
   *
   * @param tasks runs the look-ups
   * @param uploads brings layers of the cache into the repositories of the image
   */
  StageGate decide(BuildPlan plan, TaskScope tasks, LayerUploads uploads, ImageLayers layers) {
    if (store.isEmpty()) {
      return StageGate.OPEN;
    }
    var decisions =
        StageDecisions.create(
            request, plan, store.get(), files, workspace, repositories(uploads, layers), log);
    var gate = new CacheGate(decisions, tasks);
    gate.start();
    return gate;
  }

  private static ImageRepositories repositories(LayerUploads uploads, ImageLayers image) {
    return new ImageRepositories() {
      @Override
      public void ensure(StagePlan stage, List<StageResult.Layer> layers)
          throws IOException, InterruptedException {
        uploads.ensure(image.of(stage, layers));
      }

      @Override
      public void start(StagePlan stage, List<StageResult.Layer> layers) {
        uploads.start(image.of(stage, layers));
      }
    };
  }

  @Override
  public void close() throws IOException {
    store.ifPresent(CacheStore::close);
    files.close();
  }
}
