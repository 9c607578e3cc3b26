package dev.stagewright.kubectl;

import static java.util.function.Predicate.not;

import dev.stagewright.cache.prune.RecordDeletion;
import dev.stagewright.cache.prune.RecordList;
import dev.stagewright.cache.record.RecordInfo;
import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.cache.Age;
import dev.stagewright.kubectl.cache.CacheException;
import dev.stagewright.kubectl.cache.PruneSelection;
import dev.stagewright.kubectl.cache.RegistryRecords;
import dev.stagewright.kubectl.chart.CacheTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code stagewright cache prune}. */
@Command(
    name = "prune",
    description = {
      "Deletes records of a cache. Images are not affected, and builds make missing records again.",
      "With two conditions, records are deleted that meet both. Prefix images that were used in the",
      "last two days stay, since Pods may be about to start from them."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the records are deleted, or there are none",
      "1:the question was not answered with yes",
      "2:wrong usage",
      "3:the cluster or the registry cannot be reached or rejected the request, or the build does"
          + " not exist"
    })
final class CachePruneCommand implements Callable<Integer> {
  @Option(
      names = "--unused-for",
      paramLabel = "AGE",
      converter = AgeConverter.class,
      description = "Delete records that no build has used for this time, such as 14d")
  private @Nullable Age unusedFor;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      converter = AgeConverter.class,
      description = "Delete records that were made before this time, used or not")
  private @Nullable Age olderThan;

  @Option(names = "--all", description = "Delete all records")
  private boolean all;

  @Option(names = "--dry-run", description = "Only list what would be deleted")
  private boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask")
  private boolean yes;

  @Mixin private final CacheOptions cache = new CacheOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  private final Clock clock = Clock.systemUTC();

  /** Parses an age. */
  static final class AgeConverter implements ITypeConverter<Age> {
    @Override
    public Age convert(String value) {
      try {
        return Age.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + value + "' " + e.getMessage());
      }
    }
  }

  @Override
  public Integer call() {
    if (all == (unusedFor != null || olderThan != null)) {
      throw new ParameterException(
          spec.commandLine(), "set --unused-for, --older-than or both, or else --all");
    }
    return cache.run(
        spec,
        repository -> {
          var out = spec.commandLine().getOut();
          try {
            return prune(repository, out);
          } finally {
            out.flush();
          }
        });
  }

  private int prune(RegistryRecords repository, PrintWriter out)
      throws IOException, CacheException, InterruptedException {
    var all = new RecordList(repository).all();
    var deletion = new RecordDeletion(repository, clock.instant());
    var selection = PruneSelection.of(all, condition().and(deletion::isPossible));
    var count = selection.deleted().size();
    printKept(all.stream().filter(condition().and(not(deletion::isPossible))).count(), out);
    if (count == 0) {
      out.printf("nothing to delete in %s%n", repository.name().name());
      return ExitCode.OK;
    }
    var freed = CacheTable.size(selection.freed());
    if (dryRun) {
      out.print(new CacheTable(clock.instant()).draw(selection.deleted()));
      out.printf("%d records would be deleted, %s%n", count, freed);
      return ExitCode.OK;
    }
    if (!yes && !isConfirmed(out, count, freed, repository.name().name())) {
      out.println("nothing was deleted");
      return ExitCode.FAILED;
    }
    delete(deletion, selection, out);
    out.printf(
        "deleted %d records; %s are freed when the registry collects garbage, unless images use them%n",
        count, freed);
    return ExitCode.OK;
  }

  private Predicate<RecordInfo> condition() {
    var now = clock.instant();
    var unused = unusedFor;
    var old = olderThan;
    return record ->
        (unused == null || record.lastUsed().isBefore(now.minus(unused.duration())))
            && (old == null || record.created().isBefore(now.minus(old.duration())));
  }

  private static void printKept(long count, PrintWriter out) {
    if (count > 0) {
      out.printf(
          "%d prefix images stay: they were used in the last %d days, and Pods may start from them%n",
          count, RecordDeletion.PROTECTION.toDays());
    }
  }

  private static void delete(RecordDeletion deletion, PruneSelection selection, PrintWriter out)
      throws IOException {
    var deleted = 0;
    try {
      for (var record : selection.manifests()) {
        var _ = deletion.delete(record);
        deleted++;
      }
    } catch (IOException e) {
      out.printf("deleted %d of %d manifests%n", deleted, selection.manifests().size());
      throw e;
    }
  }

  private boolean isConfirmed(PrintWriter out, int count, String freed, String repository)
      throws IOException {
    out.printf("Delete %d records (%s) of %s? [y/N] ", count, freed, repository);
    out.flush();
    var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    var answer = in.readLine();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }
}
