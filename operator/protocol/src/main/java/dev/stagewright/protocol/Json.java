package dev.stagewright.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts records to JSON and back.
 *
 * <p>Components become properties; an empty {@link Optional} is omitted; a value of a sealed
 * interface has the name of its record as {@code type}. Unknown properties are skipped, so that the
 * JSON of a newer version can be read. A data binding library would do the same, but it would take
 * more time than all other work of a stage Pod before its first instruction.
 */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String TYPE = "type";

  private Json() {}

  /** Writes a record as JSON on one line, with properties in the order of the components. */
  public static String write(Record value) {
    var text = new StringWriter();
    try (var out = FACTORY.createGenerator(text)) {
      writeValue(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param type a record, or a sealed interface of records
   * @throws MalformedJsonException if the text is not JSON or does not match the type; the message
   *     contains the path of the value
   */
  public static <T> T read(String json, Class<T> type) {
    try (var in = FACTORY.createParser(json)) {
      in.nextToken();
      return type.cast(convert(tree(in), type, "$"));
    } catch (IOException e) {
      throw new MalformedJsonException("not JSON: " + e.getMessage(), e);
    }
  }

  /** The text is not JSON or does not match the requested type. */
  public static final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private static void writeValue(JsonGenerator out, Object value) throws IOException {
    switch (value) {
      case String text -> out.writeString(text);
      case Boolean flag -> out.writeBoolean(flag);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Digest digest -> out.writeString(digest.toString());
      case ImageReference reference -> out.writeString(reference.toString());
      case Platform platform -> out.writeString(platform.toString());
      case Enum<?> constant -> out.writeString(constant.name());
      case Collection<?> elements -> {
        out.writeStartArray();
        for (var element : elements) {
          writeValue(out, element);
        }
        out.writeEndArray();
      }
      case Map<?, ?> entries -> {
        out.writeStartObject();
        for (var entry : entries.entrySet()) {
          out.writeFieldName((String) entry.getKey());
          writeValue(out, entry.getValue());
        }
        out.writeEndObject();
      }
      case Record fields -> writeRecord(out, fields);
      default ->
          throw new IllegalArgumentException("no JSON representation of " + value.getClass());
    }
  }

  private static void writeRecord(JsonGenerator out, Record value) throws IOException {
    out.writeStartObject();
    if (isVariant(value.getClass())) {
      out.writeStringField(TYPE, value.getClass().getSimpleName());
    }
    for (var component : value.getClass().getRecordComponents()) {
      var field = get(component, value);
      if (field instanceof Optional<?> optional) {
        if (optional.isEmpty()) {
          continue;
        }
        field = optional.get();
      }
      out.writeFieldName(component.getName());
      writeValue(out, field);
    }
    out.writeEndObject();
  }

  private static boolean isVariant(Class<?> type) {
    return Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
  }

  private static Object get(RecordComponent component, Record value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("records of the protocol must be public", e);
    }
  }

  private static Object tree(JsonParser in) throws IOException {
    var token = in.currentToken();
    if (token == null) {
      throw new MalformedJsonException("the text is empty", null);
    }
    return switch (token) {
      case START_OBJECT -> {
        var object = new LinkedHashMap<String, Object>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          var name = in.currentName();
          in.nextToken();
          object.put(name, tree(in));
        }
        yield object;
      }
      case START_ARRAY -> {
        var array = new ArrayList<Object>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          array.add(tree(in));
        }
        yield array;
      }
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new MalformedJsonException("unexpected " + token, null);
    };
  }

  private static Object convert(Object value, Type type, String path) {
    if (type instanceof ParameterizedType generic) {
      return convertGeneric(value, generic, path);
    }
    var raw = (Class<?>) type;
    if (raw == String.class) {
      return expect(value, String.class, path);
    } else if (raw == boolean.class || raw == Boolean.class) {
      return expect(value, Boolean.class, path);
    } else if (raw == long.class || raw == Long.class) {
      return expect(value, Long.class, path);
    } else if (raw == int.class || raw == Integer.class) {
      return Math.toIntExact(expect(value, Long.class, path));
    } else if (raw == Digest.class) {
      return Digest.parse(expect(value, String.class, path));
    } else if (raw == ImageReference.class) {
      return ImageReference.parse(expect(value, String.class, path));
    } else if (raw == Platform.class) {
      return Platform.parse(expect(value, String.class, path));
    } else if (raw.isEnum()) {
      return constant(raw, expect(value, String.class, path), path);
    }
    return convertRecord(expect(value, Map.class, path), raw, path);
  }

  private static Object convertGeneric(Object value, ParameterizedType type, String path) {
    var raw = (Class<?>) type.getRawType();
    var last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    if (raw == Optional.class) {
      return Optional.of(convert(value, last, path));
    } else if (raw == Map.class) {
      var result = new LinkedHashMap<String, Object>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) expect(value, Map.class, path)).entrySet()) {
        var key = (String) entry.getKey();
        result.put(key, convert(entry.getValue(), last, path + "." + key));
      }
      return Collections.unmodifiableMap(result);
    }
    var elements = new ArrayList<Object>();
    for (var element : expect(value, List.class, path)) {
      elements.add(convert(element, last, path + "[" + elements.size() + "]"));
    }
    return raw == Set.class
        ? Collections.unmodifiableSet(new LinkedHashSet<>(elements))
        : List.copyOf(elements);
  }

  private static Object convertRecord(Map<?, ?> fields, Class<?> type, String path) {
    var record = type.isSealed() ? variant(fields, type, path) : type;
    var components = record.getRecordComponents();
    if (components == null) {
      throw new IllegalArgumentException("no JSON representation of " + type);
    }
    var arguments = new Object[components.length];
    for (var i = 0; i < components.length; i++) {
      var component = components[i];
      var value = fields.get(component.getName());
      var at = path + "." + component.getName();
      if (value != null) {
        arguments[i] = convert(value, component.getGenericType(), at);
      } else if (component.getType() == Optional.class) {
        arguments[i] = Optional.empty();
      } else if (component.getType() == List.class) {
        // An older version did not write this property.
        arguments[i] = List.of();
      } else {
        throw new MalformedJsonException(at + " is missing", null);
      }
    }
    try {
      var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return record.getDeclaredConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new MalformedJsonException(path + ": " + e.getCause(), e);
    }
  }

  private static Class<?> variant(Map<?, ?> fields, Class<?> type, String path) {
    return Arrays.stream(type.getPermittedSubclasses())
        .filter(permitted -> permitted.getSimpleName().equals(fields.get(TYPE)))
        .findFirst()
        .orElseThrow(() ->
            new MalformedJsonException(
                path + ": unknown type " + fields.get(TYPE) + " of " + type.getSimpleName(), null));
  }

  private static Object constant(Class<?> type, String name, String path) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(() -> new MalformedJsonException(path + ": unknown value " + name, null));
  }

  private static <T> T expect(Object value, Class<T> type, String path) {
    if (!type.isInstance(value)) {
      throw new MalformedJsonException(
          path + " must be a " + type.getSimpleName() + ", but it is " + value, null);
    }
    return type.cast(value);
  }
}
