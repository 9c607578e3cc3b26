package dev.stagewright.analysis.layer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stagewright.analysis.content.StringPool;
import dev.stagewright.analysis.elf.ElfFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Converts the facts of a file to JSON and back. What is empty is left out. */
final class FactsJson {
  private FactsJson() {}

  static void write(JsonGenerator out, FileFacts facts) throws IOException {
    out.writeStartObject();
    writeText(out, "digest", facts.digest());
    writeText(out, "script", facts.script());
    writeNumber(out, "java", facts.java());
    writeText(out, "text", facts.text());
    if (facts.elf().isPresent()) {
      out.writeFieldName("elf");
      ElfJson.write(out, facts.elf().get());
    }
    if (!facts.secrets().isEmpty()) {
      out.writeArrayFieldStart("secrets");
      for (var secret : facts.secrets()) {
        out.writeString(secret.kind());
        out.writeNumber(secret.line());
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  static void writeText(JsonGenerator out, String name, Optional<String> text) throws IOException {
    if (text.isPresent()) {
      out.writeStringField(name, text.get());
    }
  }

  static void writeNumber(JsonGenerator out, String name, Optional<Integer> number)
      throws IOException {
    if (number.isPresent()) {
      out.writeNumberField(name, number.get());
    }
  }

  static void writeTexts(JsonGenerator out, String name, Collection<String> texts)
      throws IOException {
    if (!texts.isEmpty()) {
      out.writeArrayFieldStart(name);
      for (var text : texts) {
        out.writeString(text);
      }
      out.writeEndArray();
    }
  }

  /** Reads values, with the first token of a value as the current one. */
  static final class Reader {
    private final JsonParser in;
    private final StringPool pool;

    Reader(JsonParser in, StringPool pool) {
      this.in = in;
      this.pool = pool;
    }

    FileFacts read() throws IOException {
      var digest = Optional.<String>empty();
      var elf = Optional.<ElfFile>empty();
      var script = Optional.<String>empty();
      var java = Optional.<Integer>empty();
      var text = Optional.<String>empty();
      var secrets = List.<FileFacts.Secret>of();
      expect(JsonToken.START_OBJECT);
      while (nextField()) {
        var name = in.currentName();
        in.nextToken();
        switch (name) {
          case "digest" -> digest = Optional.of(in.getText());
          case "script" -> script = Optional.of(pooled());
          case "java" -> java = Optional.of(in.getIntValue());
          case "text" -> text = Optional.of(in.getText());
          case "elf" -> elf = Optional.of(new ElfJson(in, this).read());
          case "secrets" -> secrets = secrets();
          default -> in.skipChildren();
        }
      }
      return new FileFacts(digest, elf, script, java, text, secrets);
    }

    private List<FileFacts.Secret> secrets() throws IOException {
      expect(JsonToken.START_ARRAY);
      var secrets = new ArrayList<FileFacts.Secret>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        var kind = pooled();
        in.nextToken();
        secrets.add(new FileFacts.Secret(kind, in.getIntValue()));
      }
      return secrets;
    }

    String pooled() throws IOException {
      expect(JsonToken.VALUE_STRING);
      return pool.unique(in.getText());
    }

    /** The texts of an array. */
    List<String> texts() throws IOException {
      expect(JsonToken.START_ARRAY);
      var texts = new ArrayList<String>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        texts.add(pooled());
      }
      return texts;
    }

    /** Moves to the next name in an object; false at its end. */
    boolean nextField() throws IOException {
      if (in.nextToken() == JsonToken.END_OBJECT) {
        return false;
      }
      expect(JsonToken.FIELD_NAME);
      return true;
    }

    void expect(JsonToken token) throws IOException {
      expect(in.currentToken() == token);
    }

    void expect(boolean valid) throws IOException {
      if (!valid) {
        throw new JsonParseException(in, "not the content of a layer");
      }
    }
  }
}
