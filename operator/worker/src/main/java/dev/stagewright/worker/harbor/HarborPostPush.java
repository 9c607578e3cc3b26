package dev.stagewright.worker.harbor;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.protocol.ScanResult;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.registries.DestinationClients;
import dev.stagewright.worker.registries.RegistryFailures;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Runs the Harbor steps of a build between the push of the image and its tags: labels, scan and
 * SBOM, at the first destination.
 *
 * @param clients the clients of the destinations
 * @param output the requested output
 * @param clock the time
 * @param log receives the progress
 */
public record HarborPostPush(
    DestinationClients clients, BuildRequest.Output output, InstantSource clock, Log log) {

  /**
   * The result of the steps.
   *
   * @param scan empty if the build requests neither a scan nor an SBOM
   * @param failure why the tags must not move; empty if they may move
   */
  public record Result(Optional<ScanResult> scan, Optional<Failure> failure) {
    static final Result EMPTY = new Result(Optional.empty(), Optional.empty());
  }

  /**
   * Runs the steps that the build requests.
   *
   * @param digest the manifest of the pushed image
   * @throws BuildFailedException if a label does not exist, or Harbor rejects a request or cannot
   *     be reached
   */
  public Result run(Digest digest) throws InterruptedException {
    if (output.harbor().isEmpty()) {
      return Result.EMPTY;
    }
    try {
      return run(digest, output.harbor().get());
    } catch (RegistryException e) {
      throw RegistryFailures.ofPush(e);
    }
  }

  private Result run(Digest digest, HarborOptions options)
      throws RegistryException, InterruptedException {
    var repository = ImageReference.parse(output.destinations().getFirst().repository());
    var harbor = new HarborFinder(clients.harborOf(repository), repository).require();
    var artifact = harbor.artifact(digest.toString());
    for (var label : new RequestedLabels(harbor).ids(options.labels())) {
      artifact.addLabel(label);
    }
    return new ImageScan(harbor, artifact, options, clock, Thread::sleep, log).run();
  }
}
