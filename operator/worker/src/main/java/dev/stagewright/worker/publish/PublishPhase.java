package dev.stagewright.worker.publish;

import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.cache.store.CacheStore;
import dev.stagewright.worker.check.DestinationChecks;
import dev.stagewright.worker.registries.Clients;
import dev.stagewright.worker.registries.DestinationClients;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs the publish phase: checks the destinations while it waits for the plan, uploads layers while
 * stages run, then assembles the image, stores it, runs Harbor's post-push steps, and moves the
 * tags. Nothing but blobs is written before all stages have succeeded.
 *
 * @param paths the files of the phase
 * @param stages creates the runner of stages without a Pod
 * @param session the cache, if the request has one
 * @param checks the checks of the image, if the request has any
 * @param clock provides the creation time of the image
 * @param pause waits between two looks at the workspace
 * @param log receives the progress
 */
record PublishPhase(
    PhasePaths paths,
    WorkerStageRunner.Factory stages,
    CacheSession session,
    ImageCheckSession checks,
    InstantSource clock,
    TaskPause pause,
    Log log) {
  private static final int WORKER_STAGES = 4;

  /** Waits for some time, while tasks run. */
  @FunctionalInterface
  interface TaskPause {
    /**
     * Waits.
     *
     * @throws IOException the failure of a task
     */
    void run(TaskScope tasks, Duration duration) throws IOException, InterruptedException;
  }

  Termination run() throws IOException, InterruptedException {
    var request = Json.read(Files.readString(paths.request()), BuildRequest.class);
    var opener = Clients.of(paths);
    var clients = checks.open(opener, request);
    try (var baseClient = opener.openForReading(request);
        var tasks = new TaskScope(WORKER_STAGES)) {
      var check = tasks.start(() -> check(clients, request));
      var store = session.open(opener, request);
      var plan = new PlanSource(paths, files(tasks)).await();
      if (plan.isEmpty()) {
        log.print("prepare failed, there is no image to publish");
        return new Termination.Skipped();
      }
      return publish(opener, request, plan.get(), baseClient, clients, store, tasks, check);
    }
  }

  private FileAwaiter files(TaskScope tasks) {
    return new FileAwaiter(duration -> pause.run(tasks, duration));
  }

  private boolean check(DestinationClients clients, BuildRequest request) {
    checks.check(request);
    new DestinationChecks(clients, request, log).run();
    return true;
  }

  private Termination publish(
      Clients opener,
      BuildRequest request,
      BuildPlan plan,
      RegistryClient baseClient,
      DestinationClients clients,
      Optional<CacheStore> store,
      TaskScope tasks,
      CompletableFuture<Boolean> check)
      throws IOException, InterruptedException {
    var results = new StageResults(paths.workspace(), Thread::sleep);
    var blobs = Blobs.of(plan.references(), baseClient, results, store);
    var uploads = new BlobUploads(blobs, clients, new LongAdder(), log);
    var layers = new LayerUploads(tasks, check, uploads, clock);
    var imageLayers = new ImageLayers(plan, request.output().format());
    var imageUploads = new ImageUploads(layers, imageLayers, blobs.repositories());
    var published = new PublishedImage(clients, plan.references());
    var imageCheck = checks.start(request, plan, results, blobs, clients, store);
    imageCheck.start(imageLayers.ofBase());
    var cache =
        session.start(opener, request, plan, paths.workspace(), tasks, imageUploads, published);
    cache.onStageThatRuns(() -> imageCheck.imageIsNew(imageLayers.ofBase()));
    new StageArrivals(
            plan,
            results,
            files(tasks),
            stages.create(request, baseClient),
            cache,
            ((StageArrivals.Listener) (stage, result, _) -> cache.arrived(stage, result))
                .and(new ArrivalReport(log))
                .and((stage, result, _) -> imageUploads.start(stage, result.layers()))
                .and((stage, result, _) -> imageCheck.start(imageLayers.of(stage, result))))
        .await(tasks);
    var known = cache.image();
    var image = assemble(request, plan, results, cache, known);
    var rejection = imageCheck.gate(image, known);
    if (rejection.isPresent()) {
      return new Termination.Failed(rejection.get());
    }
    var outcome =
        new ImagePublication(request.output(), clients, uploads, layers, clock, log)
            .run(image, published, known);
    if (outcome instanceof Termination.Pushed pushed) {
      cache.published(image.record(known));
      return imageCheck.report(image, pushed.withFindings(cache.findings()));
    }
    return outcome;
  }

  private AssembledImage assemble(
      BuildRequest request,
      BuildPlan plan,
      StageResults results,
      BuildCache cache,
      Optional<ImageRecord> known)
      throws IOException, InterruptedException {
    var dated = new HashMap<>(results.read(plan.chain()));
    dated.replaceAll((id, result) -> cache.dated(plan.stage(id), result));
    return ImageAssembly.of(request, plan, dated, clock.instant(), known).assemble();
  }
}
