package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.finding.Severity;
import java.util.List;

/** The rules about the start of a container. */
enum RunRule {
  NO_COMMAND("NoCommand", Severity.ERROR, "The image has neither ENTRYPOINT nor CMD."),
  EXEC_FORM_MISTAKE(
      "ExecFormMistake",
      Severity.ERROR,
      "A command with arguments is one text, or its exec form is not valid JSON."),
  COMMAND_NOT_FOUND(
      "CommandNotFound", Severity.ERROR, "The command does not exist at its path or in PATH."),
  NO_SHELL("NoShell", Severity.ERROR, "A command in shell form needs a shell that is missing."),
  UNKNOWN_USER(
      "UnknownUser", Severity.ERROR, "USER names a user that the image does not have.", "USER"),
  INVALID_WORKDIR(
      "InvalidWorkdir",
      Severity.ERROR,
      "WORKDIR cannot be created, because a file is there.",
      "WORKDIR"),
  NOT_EXECUTABLE(
      "NotExecutable", Severity.ERROR, "The command is a directory or has no execute bits."),
  NOT_PERMITTED("NotPermitted", Severity.ERROR, "The user of the image may not use a file."),
  NEEDS_CAPABILITY(
      "NeedsCapability",
      Severity.WARNING,
      "The user of the image may execute the command only with the capability DAC_OVERRIDE."),
  UNKNOWN_FORMAT(
      "UnknownFormat", Severity.ERROR, "The command is neither an ELF program nor has it a #!."),
  SCRIPT_LINE_ENDINGS(
      "ScriptLineEndings", Severity.ERROR, "The first line of a script ends with CR LF."),
  MISSING_INTERPRETER(
      "MissingInterpreter", Severity.ERROR, "The interpreter of a script or program is missing."),
  GLIBC_ON_MUSL(
      "GlibcOnMusl", Severity.ERROR, "A program for glibc is in an image that has only musl."),
  WRONG_ARCHITECTURE(
      "WrongArchitecture", Severity.ERROR, "A program is for another platform than the image."),
  MISSING_LIBRARY("MissingLibrary", Severity.ERROR, "A program needs a shared library."),
  MISSING_SYMBOL_VERSION(
      "MissingSymbolVersion",
      Severity.ERROR,
      "A program needs a newer version of a shared library, for example of glibc."),
  MISSING_SCRIPT(
      "MissingScript", Severity.ERROR, "An interpreter is called with a file that is missing."),
  JAVA_VERSION("JavaVersion", Severity.ERROR, "Classes are for a newer version of Java."),
  CANNOT_TELL("CannotTell", Severity.HINT, "The image does not say whether its command runs."),
  CPU_LEVEL("CpuLevel", Severity.HINT, "A program needs a newer CPU than its platform promises."),
  STATIC_NAME_SERVICES(
      "StaticNameServices",
      Severity.HINT,
      "A static program loads libraries of glibc at run time to look up hosts or users."),
  SHELL_FORM_ENTRYPOINT(
      "ShellFormEntrypoint",
      Severity.HINT,
      "ENTRYPOINT in shell form ignores CMD and arguments.",
      "ENTRYPOINT"),
  PRIVILEGED_PORT(
      "PrivilegedPort",
      Severity.HINT,
      "A user other than root listens on a port below 1024.",
      "EXPOSE"),
  VOLUME_OVER_PROGRAM(
      "VolumeOverProgram", Severity.HINT, "The command is in a folder that is a VOLUME.", "VOLUME"),
  HEALTHCHECK_IGNORED(
      "HealthcheckIgnored", Severity.HINT, "Kubernetes ignores HEALTHCHECK.", "HEALTHCHECK"),
  NON_NUMERIC_USER(
      "NonNumericUser", Severity.HINT, "Pods with runAsNonRoot need a number in USER.", "USER"),
  USER_GROUP_IGNORED(
      "UserGroupIgnored", Severity.HINT, "Kubernetes ignores the group in USER.", "USER"),
  SETUID_PROGRAM("SetuidProgram", Severity.HINT, "The command has the setuid or setgid bit.");

  private final String id;
  private final Severity severity;
  private final String summary;

  @SuppressWarnings("ImmutableEnumChecker") // created by List.of
  private final List<String> instructions;

  /** A rule about the command. */
  RunRule(String id, Severity severity, String summary) {
    this(id, severity, summary, "ENTRYPOINT", "CMD");
  }

  RunRule(String id, Severity severity, String summary, String... instructions) {
    this.id = id;
    this.severity = severity;
    this.summary = summary;
    this.instructions = List.of(instructions);
  }

  Rule.Description description() {
    return new Rule.Description(id, severity, summary, instructions);
  }

  /** A finding that follows from the image alone. */
  Finding finding(Place place, String message, String symptom, String fix) {
    return finding(Confidence.CERTAIN, place, message, symptom, fix);
  }

  Finding finding(Confidence confidence, Place place, String message, String symptom, String fix) {
    return new Finding(id, severity, confidence, place, message, symptom, fix);
  }

  /** The verdict that such a finding means. */
  Verdict fails(Place place, String message, String symptom, String fix) {
    return new Verdict.Fails(finding(place, message, symptom, fix));
  }

  /** The verdict if the image does not say. */
  static Verdict unknown(Place place, String message) {
    return new Verdict.Unknown(
        CANNOT_TELL.finding(Confidence.POSSIBLE, place, message, "", "Run the image to find out."));
  }
}
