package dev.stagewright.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The reference page of the command line is that of its commands. Run with {@code
 * -Dcli.update=true} to write the page.
 */
class CommandReferenceTest {
  private static final Path DOCS = Path.of("../../docs");
  private static final Pattern OPTION = Pattern.compile("`(--[a-z][a-z-]*)");

  @Test
  void pageIsThatOfTheCommands() throws IOException {
    var file = DOCS.resolve("cli-reference.md");
    var page = CommandReference.page(StagewrightCommand.commandLine());

    if (Boolean.getBoolean("cli.update")) {
      Files.writeString(file, page);
    } else {
      assertThat(file).hasContent(page);
    }
  }

  @Test
  void theGuideNamesOnlyOptionsThatExist() throws IOException {
    var known =
        CommandReference.commands(StagewrightCommand.commandLine())
            .flatMap(command -> command.getCommandSpec().options().stream())
            .flatMap(option -> Arrays.stream(option.names()))
            .collect(Collectors.toSet());
    var named =
        OPTION
            .matcher(tables(Files.readString(DOCS.resolve("cli.md"))))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named).hasSizeGreaterThan(20);
    assertThat(known).containsAll(named);
  }

  /** The first columns of the tables. */
  private static String tables(String page) {
    return page.lines()
        .filter(line -> line.startsWith("| `-"))
        .map(line -> line.split("(?<!\\\\)\\|", -1)[1])
        .collect(Collectors.joining("\n"));
  }

  @Test
  void everyCommandHasADescriptionAndEveryOptionToo() {
    assertThat(CommandReference.commands(StagewrightCommand.commandLine()))
        .allSatisfy(command -> {
          var spec = command.getCommandSpec();
          assertThat(spec.usageMessage().description()).as(spec.qualifiedName()).isNotEmpty();
          assertThat(spec.options())
              .filteredOn(option -> !option.hidden())
              .allSatisfy(
                  option -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
        });
  }
}
