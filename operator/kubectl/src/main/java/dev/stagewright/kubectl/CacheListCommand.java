package dev.stagewright.kubectl;

import dev.stagewright.cache.prune.RecordList;
import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.cache.CacheDocument;
import dev.stagewright.kubectl.chart.CacheTable;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stagewright cache ls}. */
@Command(
    name = "ls",
    aliases = "list",
    description = "Lists the records of a cache, those that were used last at the top.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the output was printed",
      "2:wrong usage",
      "3:the cluster or the registry cannot be reached or rejected the request, or the build does"
          + " not exist"
    })
final class CacheListCommand implements Callable<Integer> {
  enum OutputFormat {
    table,
    json
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "Output format, one of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}",
      defaultValue = "table")
  private OutputFormat output = OutputFormat.table;

  @Mixin private final CacheOptions cache = new CacheOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    return cache.run(
        spec,
        repository -> {
          var records = new RecordList(repository).all();
          var out = spec.commandLine().getOut();
          switch (output) {
            case json -> out.print(new CacheDocument(repository.name(), records).json());
            case table -> {
              var table = new CacheTable(clock.instant());
              out.println(repository.name().name());
              out.print(records.isEmpty() ? "" : table.draw(records));
              out.print(table.total(records));
            }
          }
          out.flush();
          return ExitCode.OK;
        });
  }
}
