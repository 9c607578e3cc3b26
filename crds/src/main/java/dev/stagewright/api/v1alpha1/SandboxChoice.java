package dev.stagewright.api.v1alpha1;

/** Isolation of instructions within their Pods. */
public enum SandboxChoice {
  /** `userNamespace` if the cluster and the namespace allow it, `inPlace` otherwise. */
  auto,
  /** In the root file system of the container. Compatible with Pod Security baseline. */
  inPlace,
  /** On an overlay, in Pods with their own user namespaces. */
  userNamespace
}
