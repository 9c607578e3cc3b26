package dev.stagewright.analysis.missing;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import java.util.Optional;

/** Some programs look up the name or home of their user, which a number in USER does not have. */
final class PasswdEntry {
  private final ProgramFacts program;

  PasswdEntry(ProgramFacts program) {
    this.program = program;
  }

  Optional<Finding> finding() {
    var user = program.userId();
    if (user.isEmpty() || user.get() == 0 || isKnown(user.get()) || !looksUpUsers()) {
      return Optional.empty();
    }
    return Optional.of(
        MissingRule.MISSING_PASSWD_ENTRY.finding(
            Confidence.POSSIBLE,
            Place.CONFIG,
            "%s can look up its user, but /etc/passwd has no entry for USER %d."
                .formatted(program.name(), user.get()),
            symptom(user.get()),
            "RUN adduser -D -u %d app, or on scratch: COPY --from=build /etc/passwd /etc/passwd"
                .formatted(user.get())));
  }

  private boolean looksUpUsers() {
    return program.own() && program.mentions("getpwuid", "os/user.");
  }

  private String symptom(long user) {
    return program.isMadeBy("go")
        ? "If it does: user: unknown userid " + user
        : "If it does: no name and no home directory, for example: cannot find name for user ID "
            + user;
  }

  /** A file whose content is not known can contain everything. */
  private boolean isKnown(long user) {
    var passwd = program.find("/etc/passwd");
    return passwd.isPresent()
        && passwd
            .get()
            .facts()
            .text()
            .map(text ->
                text.lines()
                    .anyMatch(line ->
                        line.split(":", -1).length > 2
                            && line.split(":", -1)[2].equals(Long.toString(user))))
            .orElse(true);
  }
}
