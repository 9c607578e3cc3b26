package dev.stagewright.worker.push;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.SourceDateEpoch;
import dev.stagewright.worker.registries.Clients;
import dev.stagewright.worker.registries.DestinationClients;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The phase itself, step by step.
 *
 * @param locations where things are
 * @param clock tells the time that goes into the image
 * @param log tells people how far it is
 */
record PushPhase(PhasePaths locations, InstantSource clock, Log log) {

  Termination run() throws IOException, InterruptedException {
    var request = Json.read(Files.readString(locations.request()), BuildRequest.class);
    var plan = Json.read(Files.readString(locations.plan()), BuildPlan.class);
    var folders = new StageFolders(locations.workspace());
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var created = SourceDateEpoch.of(request).filter(now::isAfter).orElse(now);
    var results = folders.results(plan.chain());
    var assembled =
        new ImageAssembly(
                plan, results, created, request.output().format(), Annotations.of(request))
            .assemble();
    var opener = Clients.of(locations);
    try (var reader = opener.openForReading(request);
        var clients = DestinationClients.open(opener, request)) {
      var publication =
          new Publication(clients, reader, folders, assembled, plan.references(), log);
      publication.upload();
      var harbor = new HarborStep(clients, request.output(), clock, log).run(assembled);
      if (harbor.failure().isPresent()) {
        return new Termination.Failed(harbor.failure().get(), harbor.scan());
      }
      publication.tag();
      log.say("uploaded " + new ByteCount(publication.uploadedBytes()));
      return new Termination.Pushed(
          assembled.manifest().descriptor().digest(),
          assembled.size(),
          assembled.layers().size(),
          publication.uploadedBytes(),
          harbor.scan());
    }
  }
}
