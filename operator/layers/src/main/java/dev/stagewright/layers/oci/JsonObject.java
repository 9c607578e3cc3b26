package dev.stagewright.layers.oci;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * An immutable JSON object that keeps unknown keys. A key whose value is null is absent, and empty
 * values are not written, like Go's {@code omitempty}.
 *
 * <p>The canonical form is compact, with the keys of every object in order. The accessors throw
 * {@link WrongTypeException}, which {@link #checked} converts for callers.
 */
final class JsonObject {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final JsonNodeFactory NODES = MAPPER.getNodeFactory();

  static final JsonObject EMPTY = new JsonObject(NODES.objectNode());

  /** The value of a key has the wrong type. */
  static final class WrongTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongTypeException(String key, String expected) {
      super(key + " is not " + expected);
    }
  }

  /** Reads a part of a document. */
  interface Reader<T> {
    T read(JsonObject json);
  }

  private final ObjectNode node;

  private JsonObject(ObjectNode node) {
    this.node = node;
  }

  /**
   * Parses a document.
   *
   * @param name the kind of the document, for messages
   * @param reader reads all parts that must have the right type
   * @throws MalformedDocumentException if the document is not a JSON object, or a part has a wrong
   *     type
   */
  static <T> T checked(byte[] document, String name, Reader<T> reader)
      throws MalformedDocumentException {
    try {
      if (MAPPER.readTree(document) instanceof ObjectNode object) {
        return reader.read(new JsonObject(object));
      }
    } catch (IOException e) {
      throw new MalformedDocumentException(name + " is not JSON", e);
    } catch (WrongTypeException e) {
      throw new MalformedDocumentException(name + ": " + e.getMessage(), e);
    }
    throw new MalformedDocumentException(name + " is not a JSON object", null);
  }

  /** Returns the canonical form. */
  byte[] bytes() {
    return sorted(node).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode sorted(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        var fields = new TreeMap<String, JsonNode>();
        object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
        yield NODES.objectNode().setAll(fields);
      }
      case ArrayNode array -> {
        var result = NODES.arrayNode();
        array.forEach(element -> result.add(sorted(element)));
        yield result;
      }
      default -> value;
    };
  }

  private Optional<JsonNode> get(String key, Predicate<JsonNode> type, String expected) {
    var value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!type.test(value)) {
      throw new WrongTypeException(key, expected);
    }
    return Optional.of(value);
  }

  /** Returns a string; empty if it is absent or empty. */
  Optional<String> string(String key) {
    return get(key, JsonNode::isTextual, "a string")
        .map(JsonNode::textValue)
        .filter(text -> !text.isEmpty());
  }

  long number(String key) {
    return get(key, JsonNode::canConvertToLong, "a number").map(JsonNode::longValue).orElse(0L);
  }

  boolean bool(String key) {
    return get(key, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue).orElse(false);
  }

  List<String> strings(String key) {
    var result = new ArrayList<String>();
    for (var element : array(key)) {
      if (!element.isTextual()) {
        throw new WrongTypeException(key, "a list of strings");
      }
      result.add(element.textValue());
    }
    return List.copyOf(result);
  }

  List<JsonObject> objects(String key) {
    var result = new ArrayList<JsonObject>();
    for (var element : array(key)) {
      if (!(element instanceof ObjectNode object)) {
        throw new WrongTypeException(key, "a list of objects");
      }
      result.add(new JsonObject(object));
    }
    return List.copyOf(result);
  }

  private JsonNode array(String key) {
    return get(key, JsonNode::isArray, "a list").orElseGet(NODES::arrayNode);
  }

  Optional<JsonObject> object(String key) {
    return get(key, JsonNode::isObject, "an object")
        .map(value -> new JsonObject((ObjectNode) value));
  }

  SortedMap<String, String> stringMap(String key) {
    var result = new TreeMap<String, String>();
    object(key)
        .ifPresent(map ->
            map.node
                .fieldNames()
                .forEachRemaining(name -> result.put(name, map.string(name).orElse(""))));
    return result;
  }

  /** Returns the keys of an object that represents a set. */
  SortedSet<String> keys(String key) {
    var result = new TreeSet<String>();
    object(key).ifPresent(set -> set.node.fieldNames().forEachRemaining(result::add));
    return result;
  }

  JsonObject with(String key, String value) {
    return with(key, NODES.textNode(value), value.isEmpty());
  }

  JsonObject with(String key, long value) {
    return with(key, NODES.numberNode(value), value == 0);
  }

  /** Sets a number that is written even if it is 0. */
  JsonObject withRequired(String key, long value) {
    return with(key, NODES.numberNode(value), false);
  }

  JsonObject with(String key, boolean value) {
    return with(key, NODES.booleanNode(value), !value);
  }

  JsonObject with(String key, JsonObject value) {
    return with(key, value.node, value.node.isEmpty());
  }

  JsonObject withStrings(String key, Collection<String> values) {
    var array = NODES.arrayNode();
    values.forEach(array::add);
    return with(key, array, values.isEmpty());
  }

  /** Sets a list that is written even if it is empty. */
  JsonObject withRequired(String key, List<String> values) {
    var array = NODES.arrayNode();
    values.forEach(array::add);
    return with(key, array, false);
  }

  /** Sets a list that is written even if it is empty. */
  JsonObject withList(String key, List<JsonObject> values) {
    var array = NODES.arrayNode();
    values.forEach(value -> array.add(value.node));
    return with(key, array, false);
  }

  JsonObject withMap(String key, Map<String, String> values) {
    var map = NODES.objectNode();
    values.forEach(map::put);
    return with(key, map, values.isEmpty());
  }

  JsonObject withKeys(String key, Collection<String> values) {
    var set = NODES.objectNode();
    values.forEach(set::putObject);
    return with(key, set, values.isEmpty());
  }

  private JsonObject with(String key, JsonNode value, boolean isEmpty) {
    var copy = NODES.objectNode();
    copy.setAll(node);
    if (isEmpty) {
      copy.remove(key);
    } else {
      copy.set(key, value);
    }
    return new JsonObject(copy);
  }

  /** Compares the canonical forms. */
  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return sorted(node).toString();
  }
}
