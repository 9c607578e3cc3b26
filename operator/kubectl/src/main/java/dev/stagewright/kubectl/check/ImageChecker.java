package dev.stagewright.kubectl.check;

import dev.stagewright.analysis.ImageAnalysis;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageLayer;
import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.analysis.layer.LayerReader;
import dev.stagewright.analysis.report.Report;
import dev.stagewright.analysis.report.ReportImage;
import dev.stagewright.analysis.report.StartPrediction;
import dev.stagewright.analysis.size.LayerSize;
import dev.stagewright.layers.Decompression;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.concurrent.ParallelTasks;
import dev.stagewright.registry.pull.ResolvedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Checks images in a registry. Layers are streamed, a few at the same time, and nothing is stored.
 *
 * @param client client of the registry
 * @param analysis all rules
 */
public record ImageChecker(RegistryClient client, ImageAnalysis analysis) {
  private static final int LAYERS_AT_A_TIME = 3;

  /**
   * Checks an image. If a build of Stagewright has attached a report to it, the lines of the
   * Dockerfile are from there.
   *
   * @param platform empty for the only platform of the image, or else that of this machine
   */
  public Report check(ImageReference image, Optional<Platform> platform)
      throws IOException, InterruptedException {
    var resolved = new ImageLookup(client).find(image, platform);
    return check(image, resolved, new AttachedReports(client).find(resolved.location()));
  }

  /** Returns the report that is attached to an image, or else checks the image. */
  public Report attachedOrChecked(ImageReference image) throws IOException, InterruptedException {
    var resolved = new ImageLookup(client).find(image, Optional.empty());
    var attached = new AttachedReports(client).find(resolved.location());
    return attached.isPresent() ? attached.get() : check(image, resolved, attached);
  }

  private Report check(ImageReference image, ResolvedImage resolved, Optional<Report> attached)
      throws IOException, InterruptedException {
    var analyzed = read(resolved, attached);
    var findings = analysis.findings(analyzed);
    var digest = resolved.descriptor().digest().toString();
    return Report.builder(
            ReportImage.of(image.toString(), Optional.of(digest), resolved.config()),
            analysis.size(analyzed))
        .start(StartPrediction.of(findings, analysis::isAboutStart))
        .findings(findings, analysis.descriptions())
        .stages(attached.map(Report::stages).orElse(List.of()))
        .build();
  }

  private AnalyzedImage read(ResolvedImage image, Optional<Report> attached)
      throws IOException, InterruptedException {
    var blobs = image.manifest().layers();
    var known = attached.map(ImageChecker::origins).orElse(Map.of());
    var origins = HistoryOrigins.of(image.config(), blobs.size());
    var reads =
        blobs.stream()
            .map(blob -> (Callable<LayerContent>) () -> read(image.location(), blob))
            .toList();
    var contents = new ParallelTasks(LAYERS_AT_A_TIME).run(reads);
    var layers = new ArrayList<ImageLayer>();
    for (var i = 0; i < blobs.size(); i++) {
      var digest = blobs.get(i).digest().toString();
      var origin = known.getOrDefault(digest, origins.get(i));
      layers.add(new ImageLayer(digest, blobs.get(i).size(), origin, contents.get(i)));
    }
    return AnalyzedImage.of(image.config(), layers);
  }

  private static Map<String, LayerOrigin> origins(Report report) {
    return report.size().layers().stream()
        .collect(Collectors.toMap(LayerSize::digest, LayerSize::origin, (first, _) -> first));
  }

  private LayerContent read(ImageReference location, Descriptor blob) throws IOException {
    try (var bytes = client.blob(location, blob);
        var tar = Decompression.of(bytes)) {
      var content = LayerReader.read(tar);
      // The digest is verified at the end of the stream.
      drain(tar);
      drain(bytes);
      return content;
    }
  }

  private static void drain(InputStream in) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }
}
