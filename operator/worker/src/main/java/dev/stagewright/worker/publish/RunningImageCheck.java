package dev.stagewright.worker.publish;

import dev.stagewright.analysis.ImageAnalysis;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageLayer;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.CheckRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.Termination;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.analysis.CheckGate;
import dev.stagewright.worker.analysis.CheckResult;
import dev.stagewright.worker.analysis.Exemptions;
import dev.stagewright.worker.analysis.FoundInImage;
import dev.stagewright.worker.analysis.ImageInspector;
import dev.stagewright.worker.analysis.Inspection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Checks an image whose layers are read while stages run. */
final class RunningImageCheck implements ImageCheck {
  /** How long a build without a gate waits for the checks, after its tags have moved. */
  private static final Duration MOMENT = Duration.ofSeconds(3);

  /** The timeout of the run ends before. */
  private static final Duration ALWAYS = Duration.ofDays(30);

  private final CheckRequest request;
  private final BuildPlan plan;
  private final StageResults results;
  private final ImageAnalysis analysis;
  private final CheckedLayers layers;
  private final KnownImages known;
  private final Exemptions exemptions;
  private final ReportAttachment attachment;
  private final Log log;
  private Optional<Inspection> inspection = Optional.empty();
  private long millis;

  /**
   * Creates the checks of a build.
   *
   * @param layers the layers of the image
   * @param known what was found in images that were pushed before
   * @param attachment attaches the report to the image
   */
  RunningImageCheck(
      CheckRequest request,
      BuildPlan plan,
      StageResults results,
      ImageAnalysis analysis,
      CheckedLayers layers,
      KnownImages known,
      Exemptions exemptions,
      ReportAttachment attachment,
      Log log) {
    this.request = request;
    this.plan = plan;
    this.results = results;
    this.analysis = analysis;
    this.layers = layers;
    this.known = known;
    this.exemptions = exemptions;
    this.attachment = attachment;
    this.log = log;
  }

  /** What was found in images. */
  interface KnownImages {
    /** What was found in an image; empty if it is not known. */
    Optional<FoundInImage> find(Digest manifest) throws InterruptedException;

    /** Records what was found in an image. */
    void put(Digest manifest, FoundInImage found);
  }

  @Override
  public void start(List<LayerSource> sources) {
    layers.start(sources);
  }

  @Override
  public synchronized Optional<Failure> gate(AssembledImage image, Optional<ImageRecord> record)
      throws InterruptedException {
    var digest = digest(image);
    if (record.filter(it -> it.manifest().equals(digest)).isPresent()) {
      inspection = known.find(digest).map(found -> new Inspection(found, Optional.empty()));
    }
    var oversize = new SizeLimit(request.maxSize()).failure(image);
    var failure = request.isGate() ? failing(image).or(() -> oversize) : oversize;
    if (failure.isPresent()) {
      print(result(image, MOMENT));
    }
    return failure;
  }

  private Optional<Failure> failing(AssembledImage image) throws InterruptedException {
    var failing =
        new CheckGate(request, analysis::isAboutStart)
            .failing(result(image, ALWAYS).withLint(plan.findings()));
    return failing.isEmpty() ? Optional.empty() : Optional.of(CheckGate.failure(failing));
  }

  @Override
  public synchronized Termination.Pushed report(AssembledImage image, Termination.Pushed pushed)
      throws InterruptedException {
    try {
      var result = result(image, MOMENT);
      print(result);
      var report = inspection.flatMap(Inspection::report);
      if (report.isPresent() && !pushed.isUnchanged()) {
        attachment.attach(image.manifest().descriptor(), report.get());
      }
      return pushed.withChecks(Optional.of(result.checks(largestStage(), millis)));
    } catch (RuntimeException e) {
      // The tags have moved, so the run has succeeded.
      log.print("checks: failed: " + e);
      return pushed;
    }
  }

  private void print(CheckResult result) throws InterruptedException {
    result.lines().forEach(log::print);
    log.frame(LogFrame.Kind.CHECKS, Json.write(result.checks(largestStage(), millis)));
  }

  private Optional<Long> largestStage() throws InterruptedException {
    return new LargestStage(plan, results.read(plan.stages())).size();
  }

  /** What was found; it is looked for once. */
  private CheckResult result(AssembledImage image, Duration patience) throws InterruptedException {
    if (inspection.isEmpty()) {
      var start = System.nanoTime();
      inspection = Optional.of(inspect(image, start + patience.toNanos()));
      millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
    return new CheckResult(inspection.get().found(), request, exemptions, analysis::isAboutStart);
  }

  private Inspection inspect(AssembledImage image, long deadline) throws InterruptedException {
    try {
      var origins = new LayerOrigins(plan, results.read(plan.chain())).list();
      return switch (layers.read(image, origins, deadline)) {
        case CheckedLayers.Read.Incomplete(var reason) -> incomplete(reason);
        case CheckedLayers.Read.Complete(var read) -> inspect(image, read);
      };
    } catch (MalformedDocumentException e) {
      return incomplete(String.valueOf(e.getMessage()));
    } catch (BuildFailedException e) {
      throw e;
    } catch (RuntimeException e) {
      // The image is more important than what is said about it.
      LoggerFactory.getLogger(RunningImageCheck.class).error("unexpected", e);
      return incomplete("internal error: " + e);
    }
  }

  private Inspection inspect(AssembledImage image, List<ImageLayer> read) {
    var inspected =
        new ImageInspector(analysis)
            .inspect(
                AnalyzedImage.of(image.config(), read),
                plan.references().getFirst().toString(),
                digest(image),
                new ReportedStages(plan).list());
    known.put(digest(image), inspected.found());
    return inspected;
  }

  private static Inspection incomplete(String reason) {
    return new Inspection(FoundInImage.incomplete(reason), Optional.empty());
  }

  private static Digest digest(AssembledImage image) {
    return image.manifest().descriptor().digest();
  }
}
