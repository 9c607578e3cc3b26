package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.error.RegistryException;
import java.util.ArrayList;
import java.util.List;

/**
 * The labels that a build requests.
 *
 * @param harbor the repository
 */
record RequestedLabels(HarborRepository harbor) {

  /**
   * Returns the IDs of labels, in order.
   *
   * @throws BuildFailedException if a label does not exist
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
                          "spec.output.harbor.labels: the label '%s' does not exist in project %s or as a global label, or the account may not read it"
                              .formatted(name, harbor.projectName())))));
    }
    return List.copyOf(ids);
  }
}
