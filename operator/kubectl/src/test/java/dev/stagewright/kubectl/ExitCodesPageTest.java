package dev.stagewright.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The tables of exit codes in the documentation: those of the commands are those of their help. Run
 * with {@code -Dexitcodes.update=true} to write the tables.
 */
class ExitCodesPageTest {
  private static final Path PAGE = Path.of("../../docs/exit-codes.md");
  private static final String END = "<!-- end -->";

  /** Commands that only print a text, and the hidden one that completes words in a shell. */
  private static final String ALWAYS_SUCCEEDS = "completion|complete|__complete|help";

  @Test
  void pageHasTheExitCodesOfAllCommandsAndPods() throws IOException {
    var page = Files.readString(PAGE);
    var expected = with(with(page, "commands", commands()), "pods", pods());

    if (Boolean.getBoolean("exitcodes.update")) {
      Files.writeString(PAGE, expected);
    } else {
      assertThat(page).isEqualTo(expected);
    }
  }

  @Test
  void allCommandsListTheirExitCodes() {
    assertThat(leaves(StagewrightCommand.commandLine()))
        .filteredOn(command -> !command.getCommandName().matches(ALWAYS_SUCCEEDS))
        .allSatisfy(command ->
            assertThat(exitCodes(command)).as(name(command)).containsKeys("2").isNotEmpty());
  }

  private static String with(String page, String name, String table) {
    var marker = "<!-- " + name + " -->\n";
    var start = page.indexOf(marker) + marker.length();
    return page.substring(0, start) + table + page.substring(page.indexOf(END, start));
  }

  private static String commands() {
    return leaves(StagewrightCommand.commandLine())
        .flatMap(command ->
            exitCodes(command).entrySet().stream()
                .map(code -> row("`" + name(command) + "`", code.getKey(), code.getValue())))
        .collect(Collectors.joining("", header("Command"), ""));
  }

  private static String pods() {
    return Arrays.stream(Phase.values())
        .flatMap(phase ->
            Stream.of(
                row(name(phase), code(phase, FailureReason.RunFailed), "a mistake of the user"),
                row(name(phase), code(phase, FailureReason.PodLost), "the infrastructure failed"),
                row(name(phase), code(phase, FailureReason.Internal), "a fault of Stagewright")))
        .collect(Collectors.joining("", header("Phase"), ""));
  }

  private static String name(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  private static String code(Phase phase, FailureReason reason) {
    return Integer.toString(phase.exitCode(reason));
  }

  private static String header(String first) {
    return "| " + first + " | Exit code | Meaning |\n| --- | --- | --- |\n";
  }

  private static String row(String name, String code, String meaning) {
    return "| %s | %s | %s |\n".formatted(name, code, meaning.replace("|", "\\|"));
  }

  private static Stream<CommandLine> leaves(CommandLine command) {
    var subcommands = command.getSubcommands();
    return subcommands.isEmpty()
        ? Stream.of(command)
        : subcommands.values().stream().distinct().flatMap(ExitCodesPageTest::leaves);
  }

  private static Map<String, String> exitCodes(CommandLine command) {
    return command.getCommandSpec().usageMessage().exitCodeList();
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName().replaceFirst("^stagewright ", "");
  }
}
