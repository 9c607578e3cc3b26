package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.harbor.Quota;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;

/**
 * Checks the project. Facts that the account may not read are not checked: the push reports them.
 *
 * @param harbor the repository
 * @param log receives the changes
 */
record ProjectCheck(HarborRepository harbor, Log log) {

  /**
   * Returns if the project exists.
   *
   * @param create whether to create a missing project
   * @throws BuildFailedException if the project does not exist
   */
  void ensureExists(boolean create) throws RegistryException {
    var project = harbor.project();
    if (project.exists().orElse(true)) {
      return;
    }
    if (!create) {
      throw failed(
          FailureReason.ProjectNotFound,
          "Harbor has no project "
              + harbor.projectName()
              + "; create the project, correct the image name, or set spec.output.harbor.createProject");
    }
    try {
      project.create();
    } catch (RegistryException e) {
      if (e.kind() != ErrorKind.DENIED) {
        throw e;
      }
      throw failed(
          FailureReason.PushDenied,
          e.getMessage()
              + "; spec.output.harbor.createProject requires an account that may create projects");
    }
    log.print("created project " + harbor.projectName());
  }

  /**
   * Returns if the quota is not exhausted.
   *
   * @throws BuildFailedException if the quota is exhausted
   */
  void checkQuota() throws RegistryException {
    var exhausted = harbor.project().quota().filter(Quota::isExhausted);
    if (exhausted.isPresent()) {
      throw failed(
          FailureReason.RegistryQuotaExceeded,
          "Harbor project %s has exhausted its quota: %s of %s; raise the quota, or delete images that are not needed"
              .formatted(
                  harbor.projectName(),
                  new ByteCount(exhausted.get().used()),
                  new ByteCount(exhausted.get().limit())));
    }
  }

  private static BuildFailedException failed(FailureReason reason, String message) {
    return new BuildFailedException(Failure.of(reason, message));
  }
}
