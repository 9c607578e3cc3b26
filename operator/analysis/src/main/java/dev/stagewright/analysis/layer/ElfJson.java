package dev.stagewright.analysis.layer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.elf.ElfFile.SymbolVersions.Needed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Converts what is kept of an ELF file to JSON and back, as one flat object. */
final class ElfJson {
  private final JsonParser in;
  private final FactsJson.Reader values;
  private int bits;
  private boolean littleEndian;
  private int machine;
  private ElfFile.Type type = ElfFile.Type.OTHER;
  private Optional<Integer> isaLevel = Optional.empty();
  private Optional<String> interpreter = Optional.empty();
  private Optional<String> soname = Optional.empty();
  private List<String> needed = List.of();
  private List<String> rpath = List.of();
  private List<String> runpath = List.of();
  private List<String> versions = List.of();
  private List<String> defined = List.of();
  private List<String> toolchains = List.of();
  private List<String> mentions = List.of();
  private long debugBytes;
  private boolean complete;

  ElfJson(JsonParser in, FactsJson.Reader values) {
    this.in = in;
    this.values = values;
  }

  static void write(JsonGenerator out, ElfFile elf) throws IOException {
    var header = elf.header();
    var linking = elf.linking();
    var content = elf.content();
    out.writeStartObject();
    out.writeNumberField("bits", header.bits());
    out.writeBooleanField("littleEndian", header.littleEndian());
    out.writeNumberField("machine", header.machine());
    out.writeStringField("type", header.type().name());
    FactsJson.writeNumber(out, "isaLevel", header.isaLevel());
    FactsJson.writeText(out, "interpreter", linking.interpreter());
    FactsJson.writeText(out, "soname", linking.soname());
    FactsJson.writeTexts(out, "needed", linking.needed());
    FactsJson.writeTexts(out, "rpath", linking.paths().rpath());
    FactsJson.writeTexts(out, "runpath", linking.paths().runpath());
    var pairs = new ArrayList<String>();
    for (var version : linking.versions().needed()) {
      pairs.add(version.library());
      pairs.add(version.version());
    }
    FactsJson.writeTexts(out, "versions", pairs);
    FactsJson.writeTexts(out, "defined", new TreeSet<>(linking.versions().defined()));
    FactsJson.writeTexts(out, "toolchains", new TreeSet<>(content.toolchains()));
    FactsJson.writeTexts(out, "mentions", new TreeSet<>(content.mentions()));
    out.writeNumberField("debugBytes", content.debugBytes());
    out.writeBooleanField("complete", content.complete());
    out.writeEndObject();
  }

  ElfFile read() throws IOException {
    values.expect(JsonToken.START_OBJECT);
    while (values.nextField()) {
      var name = in.currentName();
      in.nextToken();
      read(name);
    }
    return new ElfFile(
        new ElfFile.Header(bits, littleEndian, machine, type, isaLevel),
        new ElfFile.Linking(
            interpreter,
            soname,
            needed,
            new ElfFile.SearchPaths(rpath, runpath),
            new ElfFile.SymbolVersions(pairs(), Set.copyOf(defined))),
        new ElfFile.Content(Set.copyOf(toolchains), Set.copyOf(mentions), debugBytes, complete));
  }

  private void read(String name) throws IOException {
    switch (name) {
      case "bits" -> bits = in.getIntValue();
      case "littleEndian" -> littleEndian = in.getBooleanValue();
      case "machine" -> machine = in.getIntValue();
      case "type" -> type = type(in.getText());
      case "isaLevel" -> isaLevel = Optional.of(in.getIntValue());
      case "interpreter" -> interpreter = Optional.of(values.pooled());
      case "soname" -> soname = Optional.of(values.pooled());
      case "needed" -> needed = values.texts();
      case "rpath" -> rpath = values.texts();
      case "runpath" -> runpath = values.texts();
      case "versions" -> versions = values.texts();
      case "defined" -> defined = values.texts();
      case "toolchains" -> toolchains = values.texts();
      case "mentions" -> mentions = values.texts();
      case "debugBytes" -> debugBytes = in.getLongValue();
      case "complete" -> complete = in.getBooleanValue();
      default -> in.skipChildren();
    }
  }

  private static ElfFile.Type type(String name) {
    for (var type : ElfFile.Type.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return ElfFile.Type.OTHER;
  }

  private List<Needed> pairs() {
    var pairs = new ArrayList<Needed>();
    for (var i = 0; i + 1 < versions.size(); i += 2) {
      pairs.add(new Needed(versions.get(i), versions.get(i + 1)));
    }
    return pairs;
  }
}
