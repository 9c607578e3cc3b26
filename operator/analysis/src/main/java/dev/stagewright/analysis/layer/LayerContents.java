package dev.stagewright.analysis.layer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stagewright.analysis.content.StringPool;
import dev.stagewright.layers.tar.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Converts the content of a layer to JSON and back, as a stream.
 *
 * <p>A file is an array: how many characters its path has in common with the previous path, the
 * rest of the path, a letter for the type, mode, owner, group, size, and, if there are any, the
 * target of the link and the facts.
 */
public final class LayerContents {
  /** Increased when the form changes, or when the reader finds more in a layer. */
  public static final int VERSION = 2;

  private static final JsonFactory JSON = new JsonFactory();

  private static final Map<String, TarEntry.Type> TYPES =
      Arrays.stream(TarEntry.Type.values())
          .collect(Collectors.toMap(LayerContents::letter, Function.identity()));

  private LayerContents() {}

  /** Writes a content. The stream is not closed. */
  public static void write(LayerContent content, OutputStream to) throws IOException {
    try (var out = JSON.createGenerator(to)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.writeStartObject();
      out.writeNumberField("version", VERSION);
      out.writeBooleanField("complete", content.complete());
      FactsJson.writeTexts(out, "removed", content.removed());
      FactsJson.writeTexts(out, "opaque", content.opaque());
      out.writeArrayFieldStart("files");
      var previous = "";
      for (var file : content.files()) {
        write(out, file, previous);
        previous = file.path();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private static void write(JsonGenerator out, LayerFile file, String previous) throws IOException {
    var path = file.path();
    var common = 0;
    while (common < Math.min(path.length(), previous.length())
        && path.charAt(common) == previous.charAt(common)) {
      common++;
    }
    out.writeStartArray();
    out.writeNumber(common);
    out.writeString(path.substring(common));
    out.writeString(letter(file.type()));
    out.writeNumber(file.mode());
    out.writeNumber(file.uid());
    out.writeNumber(file.gid());
    out.writeNumber(file.size());
    if (!file.link().isEmpty()) {
      out.writeString(file.link());
    }
    if (!file.facts().equals(FileFacts.NONE)) {
      FactsJson.write(out, file.facts());
    }
    out.writeEndArray();
  }

  private static String letter(TarEntry.Type type) {
    return switch (type) {
      case FILE -> "f";
      case HARD_LINK -> "h";
      case SYMLINK -> "l";
      case CHARACTER_DEVICE -> "c";
      case BLOCK_DEVICE -> "b";
      case DIRECTORY -> "d";
      case FIFO -> "p";
    };
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @return empty if another version wrote it
   * @throws IOException if it is damaged, or the stream fails
   */
  public static Optional<LayerContent> read(InputStream from) throws IOException {
    try (var in = JSON.createParser(from)) {
      return new Reading(in).content();
    }
  }

  /** One conversion from JSON. */
  private static final class Reading {
    private final JsonParser in;
    private final FactsJson.Reader facts;
    private final List<LayerFile> files = new ArrayList<>();
    private List<String> removed = List.of();
    private List<String> opaque = List.of();
    private boolean complete;

    Reading(JsonParser in) {
      this.in = in;
      this.facts = new FactsJson.Reader(in, new StringPool());
    }

    Optional<LayerContent> content() throws IOException {
      facts.expect(in.nextToken() == JsonToken.START_OBJECT);
      facts.expect("version".equals(in.nextFieldName()));
      if (in.nextIntValue(0) != VERSION) {
        return Optional.empty();
      }
      while (facts.nextField()) {
        var name = in.currentName();
        in.nextToken();
        switch (name) {
          case "complete" -> complete = in.getBooleanValue();
          case "removed" -> removed = facts.texts();
          case "opaque" -> opaque = facts.texts();
          case "files" -> readFiles();
          default -> in.skipChildren();
        }
      }
      return Optional.of(new LayerContent(files, removed, opaque, complete));
    }

    private void readFiles() throws IOException {
      facts.expect(JsonToken.START_ARRAY);
      var previous = "";
      while (in.nextToken() != JsonToken.END_ARRAY) {
        facts.expect(JsonToken.START_ARRAY);
        var file = readFile(previous);
        files.add(file);
        previous = file.path();
      }
    }

    private LayerFile readFile(String previous) throws IOException {
      var common = in.nextIntValue(-1);
      facts.expect(common >= 0 && common <= previous.length());
      var path = previous.substring(0, common) + text();
      var letter = text();
      facts.expect(TYPES.containsKey(letter));
      var mode = (int) number();
      var uid = number();
      var gid = number();
      var size = number();
      var link = "";
      var found = FileFacts.NONE;
      if (in.nextToken() == JsonToken.VALUE_STRING) {
        link = in.getText();
        in.nextToken();
      }
      if (in.currentToken() == JsonToken.START_OBJECT) {
        found = facts.read();
        in.nextToken();
      }
      facts.expect(JsonToken.END_ARRAY);
      return new LayerFile(
          path, TYPES.getOrDefault(letter, TarEntry.Type.FILE), mode, uid, gid, size, link, found);
    }

    private String text() throws IOException {
      facts.expect(in.nextToken() == JsonToken.VALUE_STRING);
      return in.getText();
    }

    private long number() throws IOException {
      facts.expect(in.nextToken() == JsonToken.VALUE_NUMBER_INT);
      return in.getLongValue();
    }
  }
}
