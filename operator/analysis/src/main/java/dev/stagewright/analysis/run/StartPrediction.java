package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.Resolution;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the process of a container starts, in a Pod that overrides nothing, on a node with
 * containerd and runc.
 *
 * @param verdict the answer
 * @param findings the one of the verdict, and further ones
 */
public record StartPrediction(Verdict verdict, List<Finding> findings) {
  /** Copies the list. */
  public StartPrediction {
    findings = List.copyOf(findings);
  }

  /** Predicts from the files and the config of an image. */
  public static StartPrediction of(AnalyzedImage image) {
    if (!image.config().platform().os().equals("linux")) {
      var verdict = RunRule.unknown(Place.CONFIG, "The image is not for Linux.");
      return new StartPrediction(verdict, List.of());
    }
    var notes = new ArrayList<Finding>();
    var verdict = soften(image, verdict(image, notes));
    switch (verdict) {
      case Verdict.Fails fails -> notes.addFirst(fails.finding());
      case Verdict.Unknown unknown -> notes.addFirst(unknown.finding());
      case Verdict.Runs _ -> {}
    }
    return new StartPrediction(verdict, notes.stream().distinct().toList());
  }

  private static Verdict verdict(AnalyzedImage image, List<Finding> notes) {
    var user = image.config().config().user().orElse("");
    return switch (new UserResolution(image.files()).resolve(user)) {
      case UserResolution.Result.Unresolved unresolved -> unresolved.verdict();
      case UserResolution.Result.Resolved resolved -> {
        var container = Container.of(image, resolved.identity());
        notes.addAll(new ConfigHints(container).findings());
        yield container(container, notes);
      }
    };
  }

  private static Verdict container(Container container, List<Finding> notes) {
    return switch (new CommandResolution(container).resolve()) {
      case CommandResolution.Result.NotLocated missing -> missing.verdict();
      case CommandResolution.Result.Located _ when hasInvalidWorkdir(container) ->
          RunRule.INVALID_WORKDIR.fails(
              Place.missing(container.workdir()),
              "WORKDIR %s is, or is in, something that is not a directory."
                  .formatted(container.workdir()),
              Symptoms.startError(
                  "mkdir %s: %s".formatted(container.workdir(), Errno.ENOTDIR.text())),
              "Change WORKDIR or the file.");
      case CommandResolution.Result.Located located ->
          new ProgramStart(container, notes).start(located.call());
    };
  }

  /** The runtime creates a missing one, with its parents. */
  private static boolean hasInvalidWorkdir(Container container) {
    return switch (container.resolve(container.workdir())) {
      case Resolution.Found found -> !found.file().file().isDirectory();
      case Resolution.NotDirectory _, Resolution.Loop _ -> true;
      case Resolution.Missing _ -> false;
    };
  }

  /** What is missing in an incomplete list of files may be in the image. */
  private static Verdict soften(AnalyzedImage image, Verdict verdict) {
    if (!(verdict instanceof Verdict.Fails fails)
        || image.layers().stream().allMatch(layer -> layer.content().complete())) {
      return verdict;
    }
    var finding = fails.finding();
    return new Verdict.Unknown(
        new Finding(
            finding.rule(),
            Severity.WARNING,
            Confidence.POSSIBLE,
            finding.place(),
            finding.message() + " A layer has too many files to be sure.",
            finding.symptom(),
            finding.fix()));
  }
}
