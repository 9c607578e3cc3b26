package dev.stagewright.worker.publish;

import dev.stagewright.analysis.ImageAnalysis;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.analysis.CachedLayers;
import dev.stagewright.worker.analysis.CheckRequestRules;
import dev.stagewright.worker.analysis.Exemptions;
import dev.stagewright.worker.analysis.FoundInImage;
import dev.stagewright.worker.analysis.FoundRecords;
import dev.stagewright.worker.analysis.LayerFormat;
import dev.stagewright.worker.analysis.LayerQueue;
import dev.stagewright.worker.analysis.LayerRecords;
import dev.stagewright.worker.cache.store.CacheStore;
import dev.stagewright.worker.registries.Clients;
import dev.stagewright.worker.registries.DestinationClients;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The checks of the image of the build in this container, if the request has any. It is open longer
 * than the phase: after the outcome was reported, the report is attached to the image, and what was
 * read is recorded.
 */
final class ImageCheckSession implements AutoCloseable {
  private static final Duration RECORDING = Duration.ofSeconds(10);

  private final LayerFormat format;
  private final ImageAnalysis analysis;
  private final InstantSource clock;
  private final Log log;
  private Optional<LayerQueue> contents = Optional.empty();
  private Optional<RunningImageCheck> running = Optional.empty();
  private Optional<DestinationClients> destinations = Optional.empty();

  /**
   * Creates a session.
   *
   * @param format reads layers
   * @param analysis the rules
   * @param clock finds out which exceptions have expired
   */
  ImageCheckSession(LayerFormat format, ImageAnalysis analysis, InstantSource clock, Log log) {
    this.format = format;
    this.analysis = analysis;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Opens the clients of the destinations, for as long as this session is open: the report is
   * attached to the image after the outcome was reported.
   *
   * @throws dev.stagewright.protocol.BuildFailedException as {@link DestinationClients#open}
   */
  DestinationClients open(Clients opener, BuildRequest request) throws IOException {
    var clients = DestinationClients.open(opener, request);
    destinations = Optional.of(clients);
    return clients;
  }

  /**
   * Checks the request, before there is an image.
   *
   * @throws dev.stagewright.protocol.BuildFailedException if it names a rule that does not exist
   */
  void check(BuildRequest request) {
    request.checks().ifPresent(new CheckRequestRules(analysis)::check);
  }

  /** Starts the checks of a build. */
  ImageCheck start(
      BuildRequest request,
      BuildPlan plan,
      StageResults results,
      Blobs blobs,
      DestinationClients clients,
      Optional<CacheStore> store) {
    if (request.checks().isEmpty()) {
      return ImageCheck.NONE;
    }
    var checks = request.checks().get();
    var records =
        store
            .<LayerRecords>map(cache -> new CachedLayers(cache, format, clock))
            .orElse(LayerRecords.NONE);
    var reading = new LayerQueue(format, records);
    contents = Optional.of(reading);
    var lines = new InstructionLines(plan).all();
    var known =
        new Records(store.map(cache -> new FoundRecords(cache, analysis, lines, clock)), reading);
    var check =
        new RunningImageCheck(
            checks,
            analysis::isAboutStart,
            new ImageInspection(
                plan, results, analysis, new CheckedLayers(blobs, reading, checks.isGate()), known),
            new Exemptions(
                checks.exceptions(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)),
            new ReportAttachment(clients, blobs.repositories(), clock, log),
            log);
    running = Optional.of(check);
    return check;
  }

  /** Records in the background. */
  private record Records(Optional<FoundRecords> records, LayerQueue background)
      implements ImageInspection.KnownImages {
    @Override
    public Optional<FoundInImage> find(Digest manifest) throws InterruptedException {
      return records.isPresent() ? records.get().find(manifest) : Optional.empty();
    }

    @Override
    public void put(Digest manifest, FoundInImage found) {
      records.ifPresent(it -> background.record(() -> it.put(manifest, found)));
    }
  }

  /** Attaches the report, and waits, for a limited time, until all is recorded that was read. */
  void finish() {
    try {
      if (running.isPresent()) {
        running.get().attach();
      }
      if (contents.isPresent()) {
        contents.get().finish(RECORDING);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    contents.ifPresent(LayerQueue::close);
    destinations.ifPresent(DestinationClients::close);
  }
}
