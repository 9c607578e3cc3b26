package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.Capabilities;
import dev.stagewright.stage.linux.LinuxException;
import java.io.IOException;
import java.util.function.Consumer;

/** Opens the sandbox that is asked for, or what comes closest. */
public final class SandboxChoice {
  private final Opening inPlace;
  private final Opening userNamespace;
  private final boolean privileged;

  /**
   * Between two sandboxes.
   *
   * @param privileged whether a command shall have all rights of the Pod
   */
  public SandboxChoice(Opening inPlace, Opening userNamespace, boolean privileged) {
    this.inPlace = inPlace;
    this.userNamespace = userNamespace;
    this.privileged = privileged;
  }

  /** Opens a sandbox. */
  @FunctionalInterface
  public interface Opening {
    /** Opens it. */
    Sandbox open() throws IOException;
  }

  /**
   * Opens one.
   *
   * @param log takes a line where {@code auto} had to choose the lesser one
   * @throws SandboxUnavailableException if just this one was asked for, and cannot be had
   */
  public Sandbox open(SandboxRequest request, Consumer<String> log) throws IOException {
    if (request == SandboxRequest.IN_PLACE) {
      return inPlace.open();
    }
    try {
      return openUserNamespace();
    } catch (SandboxUnavailableException e) {
      if (request == SandboxRequest.USER_NAMESPACE) {
        throw e;
      }
      log.accept("using the inPlace sandbox, since " + e.getMessage());
      if (SandboxCapabilities.read().areDangerous() && !privileged) {
        Capabilities.own().limitToDefault();
      }
      return inPlace.open();
    }
  }

  private Sandbox openUserNamespace() throws IOException {
    var obstacle = SandboxCapabilities.read().obstacle();
    if (obstacle.isPresent()) {
      throw new SandboxUnavailableException(obstacle.get());
    }
    try {
      return userNamespace.open();
    } catch (LinuxException e) {
      throw new SandboxUnavailableException(
          "no overlay can be mounted on the stage's scratch volume ("
              + e.getMessage()
              + "): its node's disk must be ext4, xfs or btrfs, and AppArmor or SELinux must let"
              + " the Pod mount");
    }
  }
}
