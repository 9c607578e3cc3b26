package dev.stagewright.analysis.leak;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Rule.Description;
import dev.stagewright.analysis.finding.Severity;

/** The rules about what must not be in an image. */
enum LeakRule {
  SECRET_IN_FILE(
      "SecretInFile",
      Severity.ERROR,
      "A file contains a private key, a token, or a password in a well-known form."),
  CREDENTIAL_FILE(
      "CredentialFile", Severity.ERROR, "A file has the name of a file with credentials."),
  POSSIBLE_CREDENTIAL_FILE(
      "PossibleCredentialFile",
      Severity.WARNING,
      "A file has a name under which credentials are often kept."),
  SECRET_IN_DELETED_FILE(
      "SecretInDeletedFile",
      Severity.ERROR,
      "A file with a secret is deleted or overwritten, but a lower layer still contains it."),
  SECRET_IN_ENVIRONMENT(
      "SecretInEnvironment",
      Severity.ERROR,
      "An environment variable of the image is, or seems to be, a secret."),
  SECRET_IN_LABEL("SecretInLabel", Severity.ERROR, "A label of the image contains a secret."),
  SECRET_IN_COMMAND(
      "SecretInCommand", Severity.ERROR, "ENTRYPOINT or CMD of the image contains a secret."),
  SECRET_IN_HISTORY(
      "SecretInHistory",
      Severity.ERROR,
      "The history of the image contains a secret: a build argument, or a part of an instruction."),
  SETUID_FILE(
      "SetuidFile",
      Severity.WARNING,
      "A program that is not from the base image runs with the permissions of its owner or group."),
  WORLD_WRITABLE(
      "WorldWritable",
      Severity.WARNING,
      "All users can change a directory or a file of the image."),
  UNKNOWN_OWNER(
      "UnknownOwner", Severity.HINT, "Files belong to a user that /etc/passwd does not contain.");

  private final String id;
  private final Severity severity;
  private final String summary;

  LeakRule(String id, Severity severity, String summary) {
    this.id = id;
    this.severity = severity;
    this.summary = summary;
  }

  Description description() {
    return new Description(id, severity, summary);
  }

  Finding finding(Confidence confidence, Place place, String message, String fix) {
    return finding(severity, confidence, place, message, fix);
  }

  /** A finding that is less severe than usual. */
  Finding finding(Severity lower, Confidence confidence, Place place, String message, String fix) {
    return new Finding(id, lower, confidence, place, message, "", fix);
  }
}
