package dev.stagewright.worker.publish;

import dev.stagewright.analysis.ImageAnalysis;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Phase;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.worker.LibraryLogging;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.PhaseRunner;
import dev.stagewright.worker.analysis.LayerFormat;
import dev.stagewright.worker.cache.store.RegistryCacheStore;
import dev.stagewright.worker.stages.WorkerStages;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The subcommand {@code publish}. */
public final class PublishMain {
  /** An emptyDir: the root file system of the container is read-only. */
  private static final Path SCRATCH = Path.of("/tmp");

  private PublishMain() {}

  /**
   * Publishes the image.
   *
   * @param arguments {@code --attempt N} in a Pod with prepare, otherwise none; see {@link
   *     PhasePaths#of}
   * @return the exit code, see {@link Phase#PUBLISH}
   */
  public static int run(List<String> arguments) {
    LibraryLogging.install();
    var paths = PhasePaths.of(arguments);
    var log = new Log(System.out);
    var clock = InstantSource.system();
    CacheStoreFactory caches =
        (opener, request, cache) -> RegistryCacheStore.open(opener, request, cache, clock, log);
    try (var session = new CacheSession(caches, SCRATCH, clock, log);
        var checks =
            new ImageCheckSession(LayerFormat.STANDARD, ImageAnalysis.standard(), clock, log)) {
      // A run that fails ends its worker Pod. What has succeeded before is recorded.
      Runtime.getRuntime().addShutdownHook(new Thread(session::finishSoon, "recording"));
      var code =
          new PhaseRunner(Phase.PUBLISH, paths.terminationLog(), log)
              .run(() ->
                  new PublishPhase(
                          paths,
                          (request, client) -> stages(paths, request, client, log),
                          session,
                          checks,
                          clock,
                          TaskScope::pause,
                          log)
                      .run());
      checks.finish();
      session.finish();
      return code;
    }
  }

  private static WorkerStageRunner stages(
      PhasePaths paths, BuildRequest request, RegistryClient client, Log log) {
    var largestBase = request.workerBaseBytes().orElse(0L);
    return WorkerStages.create(paths.workspace(), SCRATCH, client, largestBase, log)::run;
  }
}
