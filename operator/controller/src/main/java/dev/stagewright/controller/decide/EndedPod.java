package dev.stagewright.controller.decide;

import dev.stagewright.controller.decide.PartState.Done;
import dev.stagewright.controller.decide.PartState.GaveUp;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.controller.run.Part;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;
import java.time.Duration;
import java.util.Optional;

/** What the end of a Pod's container means for its part. */
record EndedPod(Observation observed, Part part, PodFacts pod, PodState.Ended ended) {
  /** A node that is restarted is back by then, and has the log still. */
  private static final Duration UNTIL_ITS_NODE_IS_BACK = Duration.ofMinutes(2);

  PartState assess() {
    var words = TerminationMessage.read(ended.message());
    if (ended.exitCode() == 0) {
      return done(words);
    }
    var told =
        words
            .filter(Termination.Failed.class::isInstance)
            .map(failed -> ((Termination.Failed) failed).failure())
            .orElseGet(this::silent);
    var failure = new ForcedBy(pod).explained(told);
    var retry = new Retry(observed, part);
    return retry
        .withMoreMemory(failure)
        .orElseGet(() ->
            failure.reason().fault() == FailureReason.Fault.INFRASTRUCTURE
                ? retry.after(failure, Optional.of(pod), ended.finishedAt())
                : new GaveUp(failure, Optional.of(pod)));
  }

  private PartState done(Optional<Termination> words) {
    var fits =
        switch (part) {
          case Part.Prepare _ -> words.orElse(null) instanceof Termination.Prepared;
          case Part.Check _ -> words.orElse(null) instanceof Termination.Checked;
          case Part.Stage _ -> words.orElse(null) instanceof Termination.Staged;
          case Part.Push _ -> words.orElse(null) instanceof Termination.Pushed;
        };
    if (!fits) {
      return new GaveUp(
          Failure.of(
              FailureReason.Internal,
              "the Pod " + pod.name() + " ended well but did not say with what"),
          Optional.of(pod));
    }
    if (!(part instanceof Part.Prepare)) {
      return new Done(words, Optional.of(pod));
    }
    return switch (observed.plan()) {
      case PlanLookup.Unknown _, PlanLookup.Stored _, PlanLookup.Printed _ ->
          new Done(words, Optional.of(pod));
      case PlanLookup.OutOfReach _
          when observed.now().isBefore(ended.finishedAt().plus(UNTIL_ITS_NODE_IS_BACK)) ->
          new PartState.UnderWay(pod);
      case PlanLookup.OutOfReach(var why) ->
          again("its log, which holds the plan, cannot be read: " + why);
      case PlanLookup.Missing _ -> again("its log does not hold the plan");
    };
  }

  private PartState again(String why) {
    return new Retry(observed, part)
        .after(Failure.of(FailureReason.PodLost, why), Optional.of(pod), observed.now());
  }

  /** It was ended before it could say why. */
  private Failure silent() {
    if (OutOfMemory.isWholeContainer(ended)) {
      return OutOfMemory.ofContainer(pod);
    }
    var how =
        "exit code " + ended.exitCode() + (ended.reason().isEmpty() ? "" : " ") + ended.reason();
    var isInfrastructure = ended.exitCode() == part.phase().exitCode(FailureReason.PodLost);
    return isInfrastructure
        ? Failure.of(FailureReason.PodLost, "the container ended with " + how)
        : Failure.of(
            FailureReason.Internal,
            "the container ended with " + how + " without saying why; its log may tell");
  }
}
