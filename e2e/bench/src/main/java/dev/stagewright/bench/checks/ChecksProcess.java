package dev.stagewright.bench.checks;

import com.sun.management.OperatingSystemMXBean;
import dev.stagewright.analysis.ImageAnalysis;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageLayer;
import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.worker.analysis.ImageInspector;
import dev.stagewright.worker.analysis.LayerFormat;
import dev.stagewright.worker.analysis.LayerInput;
import dev.stagewright.worker.analysis.LayerQueue;
import dev.stagewright.worker.analysis.LayerRecords;
import dev.stagewright.worker.analysis.ReportDocuments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Checks an image with one layer as publish does: reads the layer, records what was found in it,
 * applies all rules, and writes the report. Prints the processor time of the process, including the
 * compilers and the garbage collection of the JVM, for reading and for the rest.
 */
final class ChecksProcess {
  private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));
  private static final Duration RECORDING = Duration.ofMinutes(1);

  private ChecksProcess() {}

  /**
   * Checks a layer.
   *
   * @param arguments the file of the layer
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var start = cpuMillis();
    var layer = Path.of(arguments[0]);
    try (var queue = new LayerQueue(LayerFormat.STANDARD, new Records())) {
      var input =
          new LayerInput(DIGEST, Files.size(layer), "layer", () -> Files.newInputStream(layer));
      queue.startNew(input);
      var content = queue.await(input);
      var read = cpuMillis();
      var documents = inspect(content, Files.size(layer));
      queue.finish(RECORDING);
      System.out.printf(
          "%d %d %d%n", read - start, cpuMillis() - read, documents.json().length / 1000);
    }
  }

  private static ReportDocuments inspect(LayerContent content, long size) {
    var layers = List.of(new ImageLayer(DIGEST.toString(), size, origin(), content));
    var config = ImageConfig.scratch(Platform.LINUX_AMD64);
    var inspection =
        new ImageInspector(ImageAnalysis.standard(), _ -> 0)
            .inspect(
                AnalyzedImage.of(
                    config.withConfig(config.config().withEntrypoint(List.of("/files/0/0"))),
                    layers),
                "registry.example.com/bench:1",
                DIGEST,
                List.of());
    return ReportDocuments.of(inspection.report().orElseThrow());
  }

  private static LayerOrigin origin() {
    return new LayerOrigin(Optional.of("RUN make"), Optional.of(2), Optional.of("final"), false);
  }

  private static long cpuMillis() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1_000_000;
  }

  /** Converts what was read to the form of the records, as a build with a cache. */
  private record Records() implements LayerRecords {
    @Override
    public Optional<LayerContent> find(Digest diffId) {
      return Optional.empty();
    }

    @Override
    public void put(Digest diffId, LayerContent content) {
      var record = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(record)) {
        gzip.write(LayerFormat.STANDARD.write(content));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
