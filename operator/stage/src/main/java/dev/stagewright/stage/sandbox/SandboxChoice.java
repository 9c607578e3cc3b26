package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.Capabilities;
import dev.stagewright.stage.linux.LinuxException;
import java.io.IOException;
import java.util.function.Consumer;

/** Opens the requested sandbox, or the best available one. */
public final class SandboxChoice {
  private final Opening inPlace;
  private final Opening userNamespace;
  private final boolean privileged;

  /**
   * A choice between two sandboxes.
   *
   * @param privileged whether a command needs all privileges of the Pod
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
   * Opens a sandbox.
   *
   * @param log receives a line if {@code auto} falls back to {@code inPlace}
   * @throws SandboxUnavailableException if the requested sandbox is not available
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
      log.accept("using the inPlace sandbox because " + e.getMessage());
      if (SandboxCapabilities.read().areDangerous() && !privileged) {
        Capabilities.own().limitToDefault();
      }
      return inPlace.open();
    }
  }

  private Sandbox openUserNamespace() throws IOException {
    var problem = SandboxCapabilities.read().problem();
    if (problem.isPresent()) {
      throw new SandboxUnavailableException(problem.get());
    }
    try {
      return userNamespace.open();
    } catch (LinuxException e) {
      throw new SandboxUnavailableException(
          "an overlay cannot be mounted on the scratch volume of the stage ("
              + e.getMessage()
              + "): the file system of the node must be ext4, xfs or btrfs, and AppArmor or SELinux"
              + " must allow mounts in the Pod");
    }
  }
}
