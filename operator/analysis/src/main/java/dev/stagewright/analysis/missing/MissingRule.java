package dev.stagewright.analysis.missing;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Rule.Description;
import dev.stagewright.analysis.finding.Severity;

/** The rules about what is missing besides programs and libraries. */
enum MissingRule {
  MISSING_CERTIFICATES(
      "MissingCertificates",
      Severity.HINT,
      "A program can use TLS, but the image has no certificates of authorities."),
  MISSING_TIME_ZONE(
      "MissingTimeZone",
      Severity.HINT,
      "A program or the variable TZ uses a time zone, but the image does not have it."),
  MISSING_TMP("MissingTmp", Severity.HINT, "A program uses /tmp, but the image does not have it."),
  TMP_NOT_WRITABLE(
      "TmpNotWritable", Severity.WARNING, "The user of the image cannot write to /tmp."),
  MISSING_PASSWD_ENTRY(
      "MissingPasswdEntry",
      Severity.HINT,
      "A program looks up its user, but /etc/passwd does not contain it."),
  MISSING_RESOLVER(
      "MissingResolver",
      Severity.WARNING,
      "A program looks up hosts with glibc, but the image lacks a library that this needs."),
  MISSING_LOCALE(
      "MissingLocale",
      Severity.HINT,
      "LANG or LC_ALL names a locale that the image does not have.");

  private final String id;
  private final Severity severity;
  private final String summary;

  MissingRule(String id, Severity severity, String summary) {
    this.id = id;
    this.severity = severity;
    this.summary = summary;
  }

  Description description() {
    return new Description(id, severity, summary);
  }

  Finding finding(Confidence confidence, Place place, String message, String symptom, String fix) {
    return finding(severity, confidence, place, message, symptom, fix);
  }

  /** A finding that is more or less severe than usual. */
  Finding finding(
      Severity other,
      Confidence confidence,
      Place place,
      String message,
      String symptom,
      String fix) {
    return new Finding(id, other, confidence, place, message, symptom, fix);
  }
}
