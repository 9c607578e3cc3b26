package dev.stagewright.worker.push;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Locations;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.SourceDate;
import dev.stagewright.worker.registries.Clients;
import dev.stagewright.worker.registries.RegistryFailures;
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
record Push(Locations locations, InstantSource clock, Log log) {

  Termination run() throws IOException, InterruptedException {
    var request = Json.read(Files.readString(locations.request()), BuildRequest.class);
    var plan = Json.read(Files.readString(locations.plan()), BuildPlan.class);
    var folders = new StageFolders(locations.workspace());
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var created = SourceDate.of(request).filter(now::isAfter).orElse(now);
    var results = folders.results(ImageAssembly.chain(plan));
    var assembled = new ImageAssembly(plan, results, created).assemble();
    var image = plan.references().getFirst();
    log.say("pushing " + image + ", " + new ByteCount(assembled.size()));
    try (var client = Clients.of(locations).open(request)) {
      var result = new ImageUpload(client, folders, image, log).push(assembled);
      log.say(
          "pushed "
              + image
              + "@"
              + result.digest()
              + ", "
              + new ByteCount(result.uploadedBytes())
              + " uploaded");
      return new Termination.Pushed(
          result.digest(), assembled.size(), assembled.layers().size(), result.uploadedBytes());
    } catch (RegistryException e) {
      throw new BuildFailedException(
          Failure.of(RegistryFailures.ofPush(e.kind()), String.valueOf(e.getMessage())), e);
    }
  }
}
