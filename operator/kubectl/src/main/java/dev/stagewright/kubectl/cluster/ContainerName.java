package dev.stagewright.kubectl.cluster;

/** The name of a container and of its Pod. */
public record ContainerName(String pod, String container) {
  @Override
  public String toString() {
    return pod + "/" + container;
  }
}
