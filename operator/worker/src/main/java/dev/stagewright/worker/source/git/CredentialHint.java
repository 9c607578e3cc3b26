package dev.stagewright.worker.source.git;

/**
 * Hints for users whose credentials are missing or wrong.
 *
 * @param given the source of the credentials, for example {@code the credentials of
 *     spec.source.git.credentials}
 * @param action what to do without credentials, for example {@code name a Secret in …}
 * @param sshAction what to do without a key for SSH
 * @param certificateAction what to do if the certificate of the server is not trusted
 */
public record CredentialHint(
    String given, String action, String sshAction, String certificateAction) {}
