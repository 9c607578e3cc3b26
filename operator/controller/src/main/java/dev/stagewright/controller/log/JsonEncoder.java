package dev.stagewright.controller.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes each line of the log as a JSON object: {@code time}, {@code level}, {@code logger}, {@code
 * message}, {@code error} with the stack trace, and the fields of the build.
 */
final class JsonEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};
  private static final JsonFactory JSON = new JsonFactory();

  /** The prefixes of fields of the SDK, which repeat those of the build. */
  private static final List<String> OMITTED = List.of("resource.", "eventsource.");

  private final ThrowableProxyConverter stackTraces = new ThrowableProxyConverter();

  @Override
  public void start() {
    stackTraces.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var bytes = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("time", event.getInstant().toString());
      json.writeStringField("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
      json.writeStringField("logger", event.getLoggerName());
      json.writeStringField("message", event.getFormattedMessage());
      for (var field : fields(event).entrySet()) {
        write(json, field.getKey(), field.getValue());
      }
      if (event.getThrowableProxy() != null) {
        json.writeStringField("error", stackTraces.convert(event).strip());
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Map<String, Object> fields(ILoggingEvent event) {
    var fields = new TreeMap<String, Object>();
    event
        .getMDCPropertyMap()
        .forEach((name, value) -> {
          if (OMITTED.stream().noneMatch(name::startsWith)) {
            fields.put(name, value);
          }
        });
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> fields.put(pair.key, pair.value));
    }
    return fields;
  }

  /** The number of a run is a number also where it comes from the MDC, which has only text. */
  private static void write(JsonGenerator json, String name, Object value) throws IOException {
    if (name.equals(LogFields.RUN)) {
      json.writeNumberField(name, Long.parseLong(value.toString()));
    } else {
      json.writeStringField(name, value.toString());
    }
  }
}
