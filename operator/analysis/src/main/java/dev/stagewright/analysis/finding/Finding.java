package dev.stagewright.analysis.finding;

/**
 * Something that the user of an image should know.
 *
 * @param rule id of the rule, for example {@code MissingInterpreter}
 * @param severity how bad it is
 * @param confidence how sure it is
 * @param place what it is about
 * @param message one sentence that says what is the case
 * @param symptom what the user will see at run time, in the words of the container runtime and the
 *     kubelet; the empty string if nothing
 * @param fix what to change, with the words of the Dockerfile where possible
 */
public record Finding(
    String rule,
    Severity severity,
    Confidence confidence,
    Place place,
    String message,
    String symptom,
    String fix) {}
