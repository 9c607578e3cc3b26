package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.instruction.Run;
import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.mount.MountParser;
import dev.stagewright.dockerfile.mount.MountSyntaxException;
import dev.stagewright.dockerfile.parser.Flags.Kind;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import java.util.Map;
import java.util.Set;

/** Parses RUN. */
final class RunParser {
  private static final Map<String, Kind> FLAGS =
      Map.of(
          "mount", Kind.VALUES,
          "network", Kind.VALUE,
          "security", Kind.VALUE,
          "device", Kind.VALUES);
  private static final Set<String> NETWORKS = Set.of("default", "none", "host");
  private static final Set<String> SECURITY = Set.of("sandbox", "insecure");

  private RunParser() {}

  static Run parse(Statement statement) {
    var flags = Flags.of(statement, FLAGS);
    for (var mount : flags.all("mount")) {
      try {
        MountParser.check(mount);
      } catch (MountSyntaxException e) {
        throw new DockerfileException(
            statement.locate(mount), String.valueOf(e.getMessage()), mount);
      }
    }
    flags
        .value("network")
        .filter(mode -> !NETWORKS.contains(mode))
        .ifPresent(mode -> fail(statement, mode, "invalid network mode " + GoText.quote(mode)));
    flags
        .value("security")
        .filter(mode -> !SECURITY.contains(mode))
        .ifPresent(
            mode -> fail(statement, mode, "security " + GoText.quote(mode) + " is not valid"));
    return new Run(
        statement,
        InstructionParser.command(statement),
        flags.all("mount"),
        flags.value("network"),
        flags.value("security"),
        flags.all("device"));
  }

  private static void fail(Statement statement, String offending, String reason) {
    throw new DockerfileException(statement.locate(offending), reason, offending);
  }
}
