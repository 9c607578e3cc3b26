package dev.stagewright.kubectl.chart;

import dev.stagewright.analysis.size.DataSize;
import dev.stagewright.cache.prune.CacheSize;
import dev.stagewright.cache.record.RecordInfo;
import dev.stagewright.cache.record.RecordKind;
import dev.stagewright.kubectl.cache.Age;
import dev.stagewright.kubectl.chart.TextTable.Cell;
import dev.stagewright.protocol.PrintableText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of the records of a cache, those that were used last at the top.
 *
 * @param now the current time
 */
public record CacheTable(Instant now) {
  private static final int LONGEST_INSTRUCTION = 80;

  /** Returns the table; each line ends with a line feed. */
  public String draw(List<RecordInfo> records) {
    var rows = new ArrayList<List<Cell>>();
    rows.add(
        Stream.of("KIND", "CREATED", "LAST USED", "SIZE", "BUILD", "INSTRUCTION")
            .map(Cell::of)
            .toList());
    sorted(records).map(this::row).forEach(rows::add);
    return lines(new TextTable(rows).lines());
  }

  /** The order of the table. */
  public static Stream<RecordInfo> sorted(List<RecordInfo> records) {
    return records.stream()
        .sorted(
            Comparator.comparing(RecordInfo::lastUsed).reversed().thenComparing(RecordInfo::tag));
  }

  private List<Cell> row(RecordInfo record) {
    var isImage = record.kind() == RecordKind.IMAGE;
    return List.of(
        Cell.of(word(record.kind())),
        // The time of an image is that in its config.
        Cell.of(isImage ? "-" : age(record.created())),
        Cell.of(age(record.lastUsed())),
        Cell.right(size(record.size())),
        Cell.of(
            record.build().map(name -> PrintableText.line(name, LONGEST_INSTRUCTION)).orElse("-")),
        Cell.of(
            record
                .instruction()
                .map(text -> PrintableText.line(text, LONGEST_INSTRUCTION))
                .orElse("-")));
  }

  /** The last line: how many records of each kind, and their size. */
  public String total(List<RecordInfo> records) {
    var kinds =
        Stream.of(RecordKind.values())
            .map(kind ->
                records.stream().filter(record -> record.kind() == kind).count() + " " + word(kind))
            .collect(Collectors.joining(", "));
    return "%d records (%s), %s%n".formatted(records.size(), kinds, size(CacheSize.of(records)));
  }

  /** A size for people. */
  public static String size(long bytes) {
    return new DataSize(bytes).toString();
  }

  private String age(Instant time) {
    return new Age(Duration.between(time, now)).toString();
  }

  private static String word(RecordKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String lines(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
