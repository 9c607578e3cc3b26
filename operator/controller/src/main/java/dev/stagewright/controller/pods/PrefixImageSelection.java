package dev.stagewright.controller.pods;

import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.podstatus.WaitingCause;
import dev.stagewright.protocol.PrefixImage;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageCache;
import java.util.Optional;

/**
 * Selects the stages whose Pods run a prefix image instead of the base image.
 *
 * <p>Only the first Pod of a stage does: whatever goes wrong with it, the next one runs the base
 * image, for which nothing has to be remembered. Only Pods with a user namespace do: there, files
 * of an earlier instruction are in a lower layer of an overlay anyway. In place, they are in the
 * writable layer of the container, and in the image they would not be, so that renaming a directory
 * fails, and writing to one name of a file with two names changes only one.
 *
 * @param imageVolumes whether the files of an image can be seen without the mounts of the Pod
 */
public record PrefixImageSelection(Observation observed, boolean imageVolumes) {

  /** The image for a Pod of a stage. */
  public Optional<PrefixImage> of(String stage, SandboxKind sandbox, int attempt) {
    return imageVolumes && sandbox == SandboxKind.USER_NAMESPACE && attempt == 1
        ? observed.stageCache(stage).flatMap(StageCache::prefix)
        : Optional.empty();
  }

  /** Why a Pod that cannot get its prefix image is replaced by one with the base image. */
  public static Optional<String> unstartable(PodFacts pod) {
    return pod.runsPrefixImage() && pod.state() instanceof PodState.Pending(_, _, var cause)
        ? cause.filter(PrefixImageSelection::isOfImage).map(why -> message(pod, why))
        : Optional.empty();
  }

  private static boolean isOfImage(WaitingCause cause) {
    return cause.reason().name().contains("Image");
  }

  private static String message(PodFacts pod, WaitingCause cause) {
    return ("the Pod %s cannot start from the image with the cached steps; the next one applies"
            + " their layers to the base image: %s: %s")
        .formatted(pod.name(), cause.reason().name(), cause.message());
  }
}
