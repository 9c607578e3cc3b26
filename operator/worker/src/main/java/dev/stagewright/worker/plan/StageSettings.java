package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest.AllowedSecrets;
import dev.stagewright.protocol.BuildRequest.StageRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.StagePlan;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What stages have of their own, found by their names. */
record StageSettings(List<StageRequest> requests) {

  /** What this stage has of its own. */
  Optional<StageRequest> of(EvaluatedStage stage) {
    return requests.stream()
        .filter(request -> names(request, stage.index(), stage.name()))
        .findFirst();
  }

  /** What the Pod of this stage of the plan must be like; empty where it is like any other. */
  String terms(StagePlan stage) {
    return requests.stream()
        .filter(request ->
            request.name().equalsIgnoreCase(stage.name())
                || stage.id().equals("s" + request.name()))
        .map(StageRequest::terms)
        .findFirst()
        .orElse("");
  }

  private static boolean names(StageRequest request, int index, String name) {
    return request.name().equalsIgnoreCase(name) || request.name().equals(Integer.toString(index));
  }

  /** What the stage's instructions may ask for. */
  AllowedSecrets provisions(EvaluatedStage stage, AllowedSecrets ofBuild) {
    var secrets = new LinkedHashSet<>(ofBuild.secrets());
    of(stage).map(StageRequest::secrets).ifPresent(secrets::addAll);
    return new AllowedSecrets(secrets, ofBuild.ssh(), ofBuild.insecure());
  }

  /**
   * Checks that each names one stage of the Dockerfile, needed or not.
   *
   * @throws BuildFailedException if one names none, or one that another names too
   */
  void check(Evaluation evaluation) {
    var names = new TreeMap<Integer, String>();
    evaluation.stages().forEach(stage -> names.put(stage.index(), stage.name()));
    evaluation.pruned().forEach(stage -> names.put(stage.index(), stage.label()));
    var taken = new TreeMap<Integer, String>();
    for (var request : requests) {
      var index =
          names.entrySet().stream()
              .filter(stage -> names(request, stage.getKey(), stage.getValue()))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow(() -> unknown(request, names.values()));
      var other = Optional.ofNullable(taken.put(index, request.name()));
      if (other.isPresent()) {
        throw invalid(
            "spec.stages[%s]: the same stage as spec.stages[%s]"
                .formatted(request.name(), other.get()));
      }
    }
  }

  private static BuildFailedException unknown(StageRequest request, Collection<String> names) {
    return invalid(
        "spec.stages[%s]: the Dockerfile has no stage of this name or index; its stages are %s"
            .formatted(request.name(), String.join(", ", names)));
  }

  private static BuildFailedException invalid(String message) {
    return new BuildFailedException(Failure.of(FailureReason.InvalidRequest, message));
  }
}
