package dev.stagewright.protocol;

/**
 * The reason why a build failed, as the status and its conditions show it.
 *
 * <p>The fault decides what happens next: a mistake of the {@link Fault#USER} is final, an {@link
 * Fault#INFRASTRUCTURE} fault is retried, and an {@link Fault#INTERNAL} one is a bug of
 * Stagewright.
 */
public enum FailureReason {
  InvalidRequest(Fault.USER),
  SourceNotFound(Fault.USER),
  SourceUnauthorized(Fault.USER),
  SourceInvalid(Fault.USER),
  HostKeyNotTrusted(Fault.USER),
  SignatureNotVerified(Fault.USER),
  SourceUnavailable(Fault.INFRASTRUCTURE),
  SourceNotReceived(Fault.USER),
  SourceStreamBroken(Fault.USER),
  SourceTooLarge(Fault.USER),
  DockerfileNotFound(Fault.USER),
  DockerfileInvalid(Fault.USER),
  TargetNotFound(Fault.USER),
  BaseImageNotFound(Fault.USER),
  BaseImageUnauthorized(Fault.USER),
  BaseImageUnavailable(Fault.INFRASTRUCTURE),
  PlanTooLarge(Fault.USER),
  CopyFailed(Fault.USER),
  RunFailed(Fault.USER),
  WorkdirFailed(Fault.USER),
  Unsupported(Fault.USER),
  Forbidden(Fault.USER),
  RemoteNotFound(Fault.USER),
  RemoteUnavailable(Fault.INFRASTRUCTURE),
  ChecksumMismatch(Fault.USER),
  SecretNotFound(Fault.USER),
  ConfigMapNotFound(Fault.USER),
  ConfigMapExists(Fault.USER),
  ClaimNotFound(Fault.USER),
  ClaimNotBound(Fault.USER),
  ServiceAccountNotFound(Fault.USER),
  PriorityClassNotFound(Fault.USER),
  RuntimeClassNotFound(Fault.USER),
  SandboxUnavailable(Fault.USER),
  PodModified(Fault.USER),
  OutOfMemory(Fault.USER),
  StorageLimitExceeded(Fault.USER),
  WorkspaceFull(Fault.USER),
  WorkspaceNotBound(Fault.USER),
  PushUnauthorized(Fault.USER),
  PushDenied(Fault.USER),
  PushRefused(Fault.USER),
  ProjectNotFound(Fault.USER),
  ProxyCacheProject(Fault.USER),
  TagImmutable(Fault.USER),
  RegistryQuotaExceeded(Fault.USER),
  UploadTooLarge(Fault.USER),
  RegistryReadOnly(Fault.INFRASTRUCTURE),
  RegistryRateLimited(Fault.INFRASTRUCTURE),
  RegistryUnavailable(Fault.INFRASTRUCTURE),
  NotHarbor(Fault.USER),
  HarborTooOld(Fault.USER),
  LabelNotFound(Fault.USER),
  ScanFailed(Fault.USER),
  ScanTimeout(Fault.USER),
  VulnerabilitiesFound(Fault.USER),
  ChecksFailed(Fault.USER),
  PodLost(Fault.INFRASTRUCTURE),
  PodNotStarted(Fault.INFRASTRUCTURE),
  InitContainerFailed(Fault.INFRASTRUCTURE),
  NodeLost(Fault.INFRASTRUCTURE),
  Timeout(Fault.USER),
  StageTimeout(Fault.USER),
  Internal(Fault.INTERNAL);

  private final Fault fault;

  FailureReason(Fault fault) {
    this.fault = fault;
  }

  /** Who has to fix the cause. */
  public Fault fault() {
    return fault;
  }

  /** Who has to fix the cause of a failure. */
  public enum Fault {
    USER,
    INFRASTRUCTURE,
    INTERNAL
  }
}
