package dev.stagewright.worker.source.git;

/**
 * Words for users whose credentials are missing or wrong.
 *
 * @param given what the credentials came from, for example {@code the credentials of
 *     spec.source.git.credentials}
 * @param wanted what to do where there are none, for example {@code name a Secret in …}
 */
public record CredentialHint(String given, String wanted) {}
