package dev.stagewright.worker.push;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.SourceDateEpoch;
import dev.stagewright.worker.harbor.HarborPostPush;
import dev.stagewright.worker.registries.Clients;
import dev.stagewright.worker.registries.DestinationClients;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Runs the push phase: assembles the image, uploads it, runs Harbor's post-push steps, and moves
 * the tags.
 *
 * @param paths the files of the phase
 * @param clock provides the creation time of the image
 * @param log receives the progress
 */
record PushPhase(PhasePaths paths, InstantSource clock, Log log) {

  Termination run() throws IOException, InterruptedException {
    var request = Json.read(Files.readString(paths.request()), BuildRequest.class);
    var plan = Json.read(Files.readString(paths.plan()), BuildPlan.class);
    var stageResults = new StageResults(paths.workspace());
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var created = SourceDateEpoch.of(request).filter(now::isAfter).orElse(now);
    var results = stageResults.results(plan.chain());
    var image =
        new ImageAssembly(
                plan, results, created, request.output().format(), Annotations.of(request))
            .assemble();
    var opener = Clients.of(paths);
    try (var baseClient = opener.openForReading(request);
        var clients = DestinationClients.open(opener, request)) {
      var publisher =
          new ImagePublisher(clients, baseClient, stageResults, image, plan.references(), log);
      publisher.upload();
      var digest = image.manifest().descriptor().digest();
      var harbor = new HarborPostPush(clients, request.output(), clock, log).run(digest);
      if (harbor.failure().isPresent()) {
        return new Termination.Failed(harbor.failure().get(), harbor.scan());
      }
      publisher.tag();
      log.print("uploaded " + new ByteCount(publisher.uploadedBytes()));
      return new Termination.Pushed(
          digest, image.size(), image.layers().size(), publisher.uploadedBytes(), harbor.scan());
    }
  }
}
