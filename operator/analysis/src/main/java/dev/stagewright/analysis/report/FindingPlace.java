package dev.stagewright.analysis.report;

import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.image.LayerOrigin;
import java.util.Optional;

/**
 * The place of a finding for people.
 *
 * @param path of the file; empty if it is about the config
 * @param layer the layer and the instruction that made it
 * @param line in the Dockerfile; empty if unknown
 */
public record FindingPlace(Optional<String> path, Optional<String> layer, Optional<Integer> line) {

  /** The place of a finding. */
  public static FindingPlace of(Report report, Finding finding) {
    var layers = report.size().layers();
    var index = finding.place().layer().filter(layer -> layer >= 0 && layer < layers.size());
    var origin = index.map(layer -> layers.get(layer).origin());
    return new FindingPlace(
        finding.place().path(),
        index.map(layer -> describe(layer, layers.get(layer).origin())),
        origin.flatMap(LayerOrigin::line));
  }

  /** A layer and the instruction that made it: {@code layer 3, line 7: COPY . .}. */
  static String describe(int layer, LayerOrigin origin) {
    var line = origin.line().map(number -> ", line " + number).orElse("");
    var stage = origin.stage().map(name -> " of stage " + name).orElse("");
    var base = origin.base() ? " of the base image" : "";
    return "layer "
        + (layer + 1)
        + line
        + stage
        + base
        + origin.instruction().map(text -> ": " + InstructionText.of(text)).orElse("");
  }
}
