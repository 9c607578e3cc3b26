package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.harbor.HarborVersion;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.registry.error.RegistryException;

/**
 * Looks whether Harbor can do what a build asks of it.
 *
 * @param harbor with the repository
 * @param options what is asked
 */
record HarborCapabilityCheck(HarborRepository harbor, HarborOptions options) {

  /**
   * Returns if it can.
   *
   * @throws BuildFailedException if it cannot
   */
  void canBeDone() throws RegistryException {
    if (options.sbom()) {
      makesBills();
    }
    var _ = new RequestedLabels(harbor).ids(options.labels());
  }

  private void makesBills() throws RegistryException {
    var old =
        harbor
            .system()
            .version()
            .filter(version -> version.compareTo(HarborVersion.WITH_BILLS) < 0);
    if (old.isPresent()) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.HarborTooOld,
              "spec.output.harbor.sbom: Harbor "
                  + old.get()
                  + " makes no bills of materials, only from "
                  + HarborVersion.WITH_BILLS
                  + " on"));
    }
  }
}
