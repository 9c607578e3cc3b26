package dev.stagewright.worker.publish;

import dev.stagewright.analysis.report.Report;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.layers.oci.Descriptor;
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
import dev.stagewright.worker.analysis.Inspection;
import dev.stagewright.worker.analysis.ReportDocuments;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Checks an image whose layers are read while stages run. The rules are applied while the image is
 * pushed, unless a gate waits for them.
 */
final class RunningImageCheck implements ImageCheck {
  /** How long a build without a gate waits for the checks, after its tags have moved. */
  private static final Duration MOMENT = Duration.ofSeconds(3);

  /** The timeout of the run ends before. */
  private static final Duration ALWAYS = Duration.ofDays(30);

  private final CheckRequest request;
  private final Predicate<String> isAboutStart;
  private final ImageInspection inspector;
  private final Exemptions exemptions;
  private final ReportAttachment attachment;
  private final Log log;
  private Optional<FutureTask<Inspection>> inspection = Optional.empty();
  private Duration waited = Duration.ZERO;
  private Optional<Unattached> unattached = Optional.empty();

  /** A report that is not attached to its image yet. */
  private record Unattached(Descriptor image, Report report) {}

  /**
   * Creates the checks of a build.
   *
   * @param isAboutStart whether a rule says that the program of an image cannot start
   * @param inspector finds out what is in the image
   * @param attachment attaches the report to the image
   */
  RunningImageCheck(
      CheckRequest request,
      Predicate<String> isAboutStart,
      ImageInspection inspector,
      Exemptions exemptions,
      ReportAttachment attachment,
      Log log) {
    this.request = request;
    this.isAboutStart = isAboutStart;
    this.inspector = inspector;
    this.exemptions = exemptions;
    this.attachment = attachment;
    this.log = log;
  }

  @Override
  public void start(List<LayerSource> sources) {
    inspector.layers().start(sources);
  }

  @Override
  public void imageIsNew(List<LayerSource> base) {
    inspector.layers().readAll();
    Thread.ofPlatform().daemon().name("image-checks-rehearsal").start(() -> rehearse(base));
  }

  private void rehearse(List<LayerSource> base) {
    try {
      inspector.rehearse(base);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException _) {
      // The same failure of the checks themselves is reported.
    }
  }

  @Override
  public synchronized Optional<Failure> gate(AssembledImage image, Optional<ImageRecord> record)
      throws InterruptedException {
    inspection = Optional.of(inspect(image, record));
    var oversize = new SizeLimit(request.maxSize()).failure(image);
    var failure = request.isGate() ? failing().or(() -> oversize) : oversize;
    if (failure.isPresent()) {
      print(result(await(MOMENT)));
    }
    return failure;
  }

  private FutureTask<Inspection> inspect(AssembledImage image, Optional<ImageRecord> record)
      throws InterruptedException {
    var digest = image.manifest().descriptor().digest();
    var known =
        record.filter(it -> it.manifest().equals(digest)).isPresent()
            ? inspector.known(image)
            : Optional.<Inspection>empty();
    var task =
        new FutureTask<Inspection>(() -> known.isPresent() ? known.get() : inspector.run(image));
    Thread.ofPlatform().daemon().name("image-checks").start(task);
    return task;
  }

  private Optional<Failure> failing() throws InterruptedException {
    var failing =
        new CheckGate(request, isAboutStart)
            .failing(result(await(ALWAYS)).withLint(plan().findings()));
    return failing.isEmpty() ? Optional.empty() : Optional.of(CheckGate.failure(failing));
  }

  @Override
  public synchronized Termination.Pushed report(AssembledImage image, Termination.Pushed pushed)
      throws InterruptedException {
    try {
      var inspected = await(MOMENT);
      var result = result(inspected);
      print(result);
      if (inspected.report().isPresent() && !pushed.isUnchanged()) {
        unattached =
            inspected.report().map(report -> new Unattached(image.manifest().descriptor(), report));
      }
      return pushed.withChecks(Optional.of(result.checks(largestStage(), waited.toMillis())));
    } catch (RuntimeException e) {
      // The tags have moved, so the run has succeeded.
      log.print("checks: failed: " + e);
      return pushed;
    }
  }

  /** Attaches the report to the image; call it after the outcome was reported. */
  void attach() throws InterruptedException {
    Optional<Unattached> next;
    synchronized (this) {
      next = unattached;
      unattached = Optional.empty();
    }
    if (next.isPresent()) {
      attachment.attach(next.get().image(), ReportDocuments.of(next.get().report()));
    }
  }

  /** Waits for what was found. */
  private Inspection await(Duration patience) throws InterruptedException {
    var start = System.nanoTime();
    var task = inspection.orElseThrow();
    try {
      return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | CancellationException _) {
      var _ = task.cancel(true);
      return ImageInspection.incomplete("it would take longer than " + MOMENT.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      waited = waited.plusNanos(System.nanoTime() - start);
    }
  }

  private CheckResult result(Inspection inspected) {
    return new CheckResult(inspected.found(), request, exemptions, isAboutStart);
  }

  private void print(CheckResult result) throws InterruptedException {
    result.lines().forEach(log::print);
    log.frame(LogFrame.Kind.CHECKS, Json.write(result.checks(largestStage(), waited.toMillis())));
  }

  private Optional<Long> largestStage() throws InterruptedException {
    return new LargestStage(plan(), inspector.results().read(plan().stages())).size();
  }

  private BuildPlan plan() {
    return inspector.plan();
  }
}
