package dev.stagewright.controller.cluster;

/**
 * Identifies a container.
 *
 * @param podUid of the Pod, which differs from that of an earlier Pod with the same name
 */
public record ContainerReference(String namespace, String pod, String podUid, String container) {
  @Override
  public String toString() {
    return namespace + "/" + pod + "/" + container;
  }
}
