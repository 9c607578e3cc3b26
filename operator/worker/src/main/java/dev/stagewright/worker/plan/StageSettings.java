package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest.AllowedSecrets;
import dev.stagewright.protocol.BuildRequest.StageRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The settings of single stages, by the names of the stages.
 *
 * @param requests the entries of {@code spec.stages}
 */
record StageSettings(List<StageRequest> requests) {

  /** The settings of a stage. */
  Optional<StageRequest> of(EvaluatedStage stage) {
    return requests.stream()
        .filter(request -> names(request, stage.index(), stage.name()))
        .findFirst();
  }

  /** The requirements of stages on their Pods, by stage id; empty for a stage without settings. */
  Map<String, String> terms(Evaluation evaluation) {
    return evaluation.stages().stream()
        .collect(
            Collectors.toMap(
                EvaluatedStage::id, stage -> of(stage).map(StageRequest::terms).orElse("")));
  }

  private static boolean names(StageRequest request, int index, String name) {
    return request.name().equalsIgnoreCase(name) || request.name().equals(Integer.toString(index));
  }

  /** The secrets that the instructions of a stage may use. */
  AllowedSecrets allowedSecrets(EvaluatedStage stage, AllowedSecrets ofBuild) {
    var secrets = new LinkedHashSet<>(ofBuild.secrets());
    of(stage).map(StageRequest::secrets).ifPresent(secrets::addAll);
    return new AllowedSecrets(secrets, ofBuild.ssh(), ofBuild.insecure());
  }

  /**
   * Checks that each entry names a stage of the Dockerfile, and that no two name the same stage.
   *
   * @throws BuildFailedException if an entry names no stage, or the stage of another entry
   */
  void check(Evaluation evaluation) {
    var names = new TreeMap<Integer, String>();
    evaluation.stages().forEach(stage -> names.put(stage.index(), stage.name()));
    evaluation.pruned().forEach(stage -> names.put(stage.index(), stage.label()));
    var named = new TreeMap<Integer, String>();
    for (var request : requests) {
      var index =
          names.entrySet().stream()
              .filter(stage -> names(request, stage.getKey(), stage.getValue()))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow(() -> unknown(request, names.values()));
      var other = Optional.ofNullable(named.put(index, request.name()));
      if (other.isPresent()) {
        throw invalid(
            "spec.stages[%s] and spec.stages[%s] name the same stage; remove one of them"
                .formatted(request.name(), other.get()));
      }
    }
  }

  private static BuildFailedException unknown(StageRequest request, Collection<String> names) {
    return invalid(
        "spec.stages[%s]: the Dockerfile has no stage with this name or index; its stages are %s"
            .formatted(request.name(), String.join(", ", names)));
  }

  private static BuildFailedException invalid(String message) {
    return new BuildFailedException(Failure.of(FailureReason.InvalidRequest, message));
  }
}
