package dev.stagewright.api.v1alpha1;

/** How the instructions of a build are kept apart from what else is in their Pods. */
public enum SandboxChoice {
  /** `userNamespace` where it can be had, else `inPlace`. */
  auto,
  /** In the container's own root; needs no more than Pod Security baseline. */
  inPlace,
  /** Over an overlay, in Pods with a user namespace of their own. */
  userNamespace
}
