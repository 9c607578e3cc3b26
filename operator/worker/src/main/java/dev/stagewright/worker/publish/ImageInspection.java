package dev.stagewright.worker.publish;

import dev.stagewright.analysis.ImageAnalysis;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageLayer;
import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.worker.analysis.FoundInImage;
import dev.stagewright.worker.analysis.ImageInspector;
import dev.stagewright.worker.analysis.Inspection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Finds out what is in the image of a build.
 *
 * @param plan the plan of the build
 * @param results the results of its stages
 * @param analysis the rules
 * @param layers the layers of the image, which were started before
 * @param known what was found in images that were pushed before
 */
record ImageInspection(
    BuildPlan plan,
    StageResults results,
    ImageAnalysis analysis,
    CheckedLayers layers,
    KnownImages known) {
  /** A larger base image would take more time than it saves, in bytes. */
  private static final long LARGEST_REHEARSAL = 8 * 1024 * 1024;

  /** What was found in images. */
  interface KnownImages {
    /** What was found in an image; empty if it is not known. */
    Optional<FoundInImage> find(Digest manifest) throws InterruptedException;

    /** Records what was found in an image. */
    void put(Digest manifest, FoundInImage found);
  }

  /** Returns what was found in an image that has been pushed before; empty if it is not known. */
  Optional<Inspection> known(AssembledImage image) throws InterruptedException {
    return known.find(digest(image)).map(found -> new Inspection(found, Optional.empty()));
  }

  /**
   * Waits for all layers, and applies the rules.
   *
   * @throws BuildFailedException if a layer cannot be fetched that a gate needs
   */
  Inspection run(AssembledImage image) throws InterruptedException {
    try {
      var origins = new LayerOrigins(plan, results.read(plan.chain())).list();
      return switch (layers.read(image.layers(), origins)) {
        case CheckedLayers.Read.Incomplete(var reason) -> incomplete(reason);
        case CheckedLayers.Read.Complete(var read) -> inspect(image, read);
      };
    } catch (MalformedDocumentException e) {
      return incomplete(String.valueOf(e.getMessage()));
    } catch (BuildFailedException e) {
      throw e;
    } catch (RuntimeException e) {
      // The image is more important than what is said about it.
      LoggerFactory.getLogger(ImageInspection.class).error("unexpected", e);
      return incomplete("internal error: " + e);
    }
  }

  /**
   * Applies the rules to the layers of the base image. Nothing uses the result, but the code of the
   * rules is loaded while stages run. That takes longer than to apply it to a small image.
   */
  void rehearse(List<LayerSource> base) throws InterruptedException {
    var size = base.stream().mapToLong(layer -> layer.blob().size()).sum();
    var sample = size <= LARGEST_REHEARSAL ? base : List.<LayerSource>of();
    var origins = Collections.nCopies(sample.size(), LayerOrigin.OF_BASE);
    if (layers.read(sample, origins) instanceof CheckedLayers.Read.Complete(var read)) {
      var image = AnalyzedImage.of(ImageConfig.scratch(Platform.LINUX_AMD64), read);
      var _ = analysis.findings(image);
      var _ = analysis.size(image);
    }
  }

  private Inspection inspect(AssembledImage image, List<ImageLayer> read) {
    var inspection =
        new ImageInspector(analysis, new InstructionLines(plan)::last)
            .inspect(
                AnalyzedImage.of(image.config(), read),
                plan.references().getFirst().toString(),
                digest(image),
                new ReportedStages(plan).list());
    known.put(digest(image), inspection.found());
    return inspection;
  }

  /** The result for an image that was not analyzed. */
  static Inspection incomplete(String reason) {
    return new Inspection(FoundInImage.incomplete(reason), Optional.empty());
  }

  private static Digest digest(AssembledImage image) {
    return image.manifest().descriptor().digest();
  }
}
