package dev.stagewright.worker.publish;

import dev.stagewright.analysis.report.Report;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.registry.concurrent.ParallelTasks;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.push.BlobTransfer;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.analysis.ReportDocuments;
import dev.stagewright.worker.registries.DestinationClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Attaches the report about an image to it, in all its repositories. A failure is a line of the
 * log: the image has been pushed.
 *
 * @param clients clients of the destinations
 * @param repositories repositories of the image, each as one of its references
 * @param clock provides the time of the report
 * @param log receives failures
 */
record ReportAttachment(
    DestinationClients clients, List<ImageReference> repositories, InstantSource clock, Log log) {
  private static final String SARIF = "application/sarif+json";
  private static final String CREATED = "org.opencontainers.image.created";

  /** The digest of the report, so that an equal one is not attached again. */
  private static final String DIGEST = "dev.stagewright.report.digest";

  /** The worker Pod does not end before. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final int BLOBS = 3;

  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

  /**
   * Attaches a report.
   *
   * @param image descriptor of the manifest of the image
   */
  void attach(Descriptor image, ReportDocuments report) throws InterruptedException {
    var end = System.nanoTime() + LIMIT.toNanos();
    var threads =
        repositories.stream()
            .map(repository ->
                Thread.ofVirtual()
                    .name("report")
                    .start(() -> attachOrLog(repository, image, report)))
            .toList();
    for (var thread : threads) {
      if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        thread.interrupt();
        log.print(
            "checks: the report was not attached to the image within " + LIMIT.toSeconds() + " s");
      }
    }
  }

  private void attachOrLog(ImageReference repository, Descriptor image, ReportDocuments report) {
    try {
      attach(repository, image, report);
    } catch (IOException e) {
      if (!Thread.currentThread().isInterrupted()) {
        log.print("checks: the report is not attached to the image: " + e.getMessage());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void attach(ImageReference repository, Descriptor image, ReportDocuments documents)
      throws IOException, InterruptedException {
    var json = documents.json();
    var sarif = documents.sarif();
    var report = new Descriptor(Report.ARTIFACT_TYPE, Digest.of(json), json.length);
    if (isAttached(repository.pinned(image.digest()), report.digest())) {
      return;
    }
    var pusher = clients.of(repository).pusher(repository);
    var findings = new Descriptor(SARIF, Digest.of(sarif), sarif.length);
    var config = new Descriptor(MediaTypes.EMPTY, Digest.of(EMPTY), EMPTY.length);
    var _ =
        new ParallelTasks(BLOBS)
            .run(
                Map.of(report, json, findings, sarif, config, EMPTY).entrySet().stream()
                    .<Callable<BlobTransfer>>map(blob ->
                        () -> pusher.ensure(blob.getKey(), List.of(), Content.of(blob.getValue())))
                    .toList());
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var manifest =
        Manifest.of(config, List.of(report, findings))
            .withArtifactType(Report.ARTIFACT_TYPE)
            .withSubject(image)
            .withAnnotations(Map.of(CREATED, now.toString(), DIGEST, report.digest().toString()));
    pusher.attach(manifest, image.digest());
  }

  private boolean isAttached(ImageReference image, Digest report) throws RegistryException {
    return clients.of(image).referrers(image, Report.ARTIFACT_TYPE).stream()
        .anyMatch(other -> report.toString().equals(other.annotations().get(DIGEST)));
  }
}
