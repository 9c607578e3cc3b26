package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.error.RegistryException;
import java.util.ArrayList;
import java.util.List;

/**
 * The labels that a build names.
 *
 * @param harbor with the repository
 */
record RequestedLabels(HarborRepository harbor) {

  /**
   * Their ids, in order.
   *
   * @throws BuildFailedException if there is none of a name
   */
  List<Long> ids(List<String> names) throws RegistryException {
    var ids = new ArrayList<Long>();
    for (var name : names) {
      ids.add(
          harbor
              .labels()
              .find(name)
              .orElseThrow(() ->
                  new BuildFailedException(
                      Failure.of(
                          FailureReason.LabelNotFound,
                          "spec.output.harbor.labels: there is no label '%s', in project %s or for all, that the account may see"
                              .formatted(name, harbor.projectName())))));
    }
    return List.copyOf(ids);
  }
}
