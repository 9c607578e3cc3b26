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
 * Looks whether the project can take an image. What the account may not see passes: the push will
 * tell.
 *
 * @param harbor with the repository
 * @param log tells what was made
 */
record ProjectCheck(HarborRepository harbor, Log log) {

  /**
   * Returns if the project is there.
   *
   * @param create whether to make it where it is not
   * @throws BuildFailedException if it is not
   */
  void exists(boolean create) throws RegistryException {
    var project = harbor.project();
    if (project.exists().orElse(true)) {
      return;
    }
    if (!create) {
      throw failed(
          FailureReason.ProjectNotFound,
          "Harbor has no project "
              + harbor.projectName()
              + "; create it, correct the image's name, or set spec.output.harbor.createProject");
    }
    try {
      project.create();
    } catch (RegistryException e) {
      if (e.kind() != ErrorKind.DENIED) {
        throw e;
      }
      throw failed(
          FailureReason.PushDenied,
          e.getMessage() + "; spec.output.harbor.createProject needs an account that may");
    }
    log.say("created project " + harbor.projectName());
  }

  /**
   * Returns if there is room.
   *
   * @throws BuildFailedException if there is none
   */
  void hasRoom() throws RegistryException {
    var full = harbor.project().quota().filter(Quota::isUsedUp);
    if (full.isPresent()) {
      throw failed(
          FailureReason.RegistryQuotaExceeded,
          "project %s of Harbor has used up its quota: %s of %s; raise it, or delete images that are not needed"
              .formatted(
                  harbor.projectName(),
                  new ByteCount(full.get().used()),
                  new ByteCount(full.get().limit())));
    }
  }

  private static BuildFailedException failed(FailureReason reason, String message) {
    return new BuildFailedException(Failure.of(reason, message));
  }
}
