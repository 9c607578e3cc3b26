package dev.stagewright.e2e.conformance;

import dev.stagewright.e2e.conformance.build.BuildKit;
import dev.stagewright.e2e.conformance.build.Outcome;
import dev.stagewright.e2e.conformance.cases.Case;
import dev.stagewright.e2e.conformance.cases.PreparedCase;
import dev.stagewright.e2e.conformance.cases.Sandbox;
import dev.stagewright.e2e.conformance.compare.Built;
import dev.stagewright.e2e.conformance.compare.Difference;
import dev.stagewright.e2e.conformance.compare.ImageComparison;
import dev.stagewright.e2e.conformance.compare.SandboxComparison;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A case in a run: prepared and built by BuildKit once, and built by Stagewright in each sandbox.
 */
final class CaseRun {
  private final ConformanceEnvironment environment;
  private final Case origin;
  private final Map<Sandbox, Built> images = new EnumMap<>(Sandbox.class);
  private @Nullable PreparedCase prepared;
  private @Nullable Outcome reference;

  CaseRun(ConformanceEnvironment environment, Case origin) {
    this.environment = environment;
    this.origin = origin;
  }

  Case origin() {
    return origin;
  }

  private synchronized PreparedCase prepared() {
    var cached = prepared;
    if (cached == null) {
      cached = environment.preparation().prepare(origin);
      prepared = cached;
    }
    return cached;
  }

  private synchronized Outcome reference() throws IOException {
    var cached = reference;
    if (cached == null) {
      cached = environment.references().of(prepared());
      reference = cached;
    }
    return cached;
  }

  /** Builds the case in a sandbox and returns the differences from the result of BuildKit. */
  List<Difference> differences(Sandbox sandbox) throws IOException {
    var theirs = reference();
    var ours = environment.stagewright().build(prepared(), sandbox);
    var fails = origin.properties().fails();
    if (fails.isPresent()) {
      return mustFail(fails.get(), ours, theirs);
    }
    if (ours instanceof Outcome.Pushed ourImage && theirs instanceof Outcome.Pushed theirImage) {
      var found =
          compare(
              sandbox,
              built(ourImage.image(), ourImage.startedAt().truncatedTo(ChronoUnit.SECONDS)),
              built(theirImage.image(), BuildKit.FIRST_BUILD));
      ourImage
          .wrongCheck()
          .ifPresent(wrong -> found.add(new Difference("checks", "-", wrong, "none")));
      return found;
    }
    return List.of(new Difference("outcome", "-", text(ours), text(theirs)));
  }

  private static List<Difference> mustFail(String message, Outcome ours, Outcome theirs) {
    return ours instanceof Outcome.Failed(var actual)
            && actual.contains(message)
            && theirs instanceof Outcome.Failed
        ? List.of()
        : List.of(
            new Difference("outcome", "should fail with " + message, text(ours), text(theirs)));
  }

  private List<Difference> compare(Sandbox sandbox, Built ours, Built theirs) {
    var fixed = origin.properties().sourceDateEpoch().isPresent();
    var differences = new ArrayList<>(ImageComparison.compare(ours, theirs, fixed));
    synchronized (images) {
      images.values().stream()
          .flatMap(other -> SandboxComparison.compare(ours, other, fixed).stream())
          .forEach(differences::add);
      images.put(sandbox, ours);
    }
    return differences;
  }

  private Built built(String image, Instant since) {
    return new Built(environment.reader().read(image), since);
  }

  private static String text(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Pushed _ -> "an image";
      case Outcome.Failed(var message) -> "failed: " + message;
    };
  }
}
