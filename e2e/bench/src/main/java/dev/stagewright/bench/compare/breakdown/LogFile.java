package dev.stagewright.bench.compare.breakdown;

import dev.stagewright.protocol.StepMarker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The log of a container on its node, in the format of the container runtime interface. */
record LogFile(Optional<Instant> createdAt, List<Line> lines) {
  private static final String FRAME = "stagewright-";
  private static final int FIELDS = 4;

  /** A line with the time at which the container runtime received it. */
  record Line(Instant time, String text) {}

  /** Reads a log. The file is created when the container starts. */
  static LogFile read(Path file) throws IOException {
    var created = Files.readAttributes(file, BasicFileAttributes.class).creationTime().toInstant();
    var text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return new LogFile(Optional.of(created), parse(text));
  }

  /** Parses lines such as {@code 2026-01-02T03:04:05.678901234Z stdout F text}. */
  static List<Line> parse(String text) {
    var lines = new ArrayList<Line>();
    text.lines()
        .map(line -> line.split(" ", FIELDS))
        .filter(fields -> fields.length == FIELDS)
        .forEach(
            fields -> lines.add(new Line(OffsetDateTime.parse(fields[0]).toInstant(), fields[3])));
    return lines;
  }

  /** What the log says about the course of the build: the event and its time. */
  Map<String, Instant> events() {
    var events = new LinkedHashMap<String, Instant>();
    createdAt.ifPresent(time -> events.put("container starts", time));
    if (!lines.isEmpty()) {
      events.put("first line", lines.getFirst().time());
      events.put("last line", lines.getLast().time());
    }
    for (var line : lines) {
      StepMarker.parse(line.text())
          .ifPresent(
              marker -> events.putIfAbsent("step " + marker.number() + " starts", line.time()));
      if (line.text().startsWith(FRAME)) {
        var kind = line.text().substring(FRAME.length()).split(" ", 2)[0];
        events.putIfAbsent(kind + " printed", line.time());
      }
    }
    return events;
  }
}
