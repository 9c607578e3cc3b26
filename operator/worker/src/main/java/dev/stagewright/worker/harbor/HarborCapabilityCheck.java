package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.harbor.HarborVersion;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.registry.error.RegistryException;

/**
 * Checks that Harbor supports the requested options.
 *
 * @param harbor the repository
 * @param options the requested options
 */
record HarborCapabilityCheck(HarborRepository harbor, HarborOptions options) {

  /**
   * Returns if Harbor supports the options.
   *
   * @throws BuildFailedException if Harbor does not support an option
   */
  void check() throws RegistryException {
    if (options.sbom()) {
      checkSbomSupport();
    }
    var _ = new RequestedLabels(harbor).ids(options.labels());
  }

  private void checkSbomSupport() throws RegistryException {
    var unsupported =
        harbor.system().version().filter(version -> version.compareTo(HarborVersion.WITH_SBOM) < 0);
    if (unsupported.isPresent()) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.HarborTooOld,
              "spec.output.harbor.sbom: Harbor "
                  + unsupported.get()
                  + " does not generate SBOMs; this requires Harbor "
                  + HarborVersion.WITH_SBOM
                  + " or later"));
    }
  }
}
