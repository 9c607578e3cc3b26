package dev.stagewright.registry.push;

import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;

/**
 * Finds out whether a repository takes pushes, by starting an upload that nothing comes of. No
 * other question is answered by every registry; and only so do all rules show that there are, from
 * rights to projects that take no pushes.
 */
public final class PushCheck {
  private final UploadStarter starter;
  private final UploadCanceller canceller;

  /** Calls with this. */
  public PushCheck(Caller caller) {
    this.starter = new UploadStarter(caller);
    this.canceller = new UploadCanceller(caller);
  }

  /**
   * Returns if an upload can be started.
   *
   * @throws RegistryException if it cannot
   */
  public void check(Repository repository) throws RegistryException {
    canceller.cancel(repository, starter.start(repository));
  }
}
