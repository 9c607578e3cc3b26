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
 * A JSON object that never changes, with all its keys, known or not. A key whose value is null
 * counts as absent, and an empty value is not written, as with Go's {@code omitempty}.
 *
 * <p>Written in one frozen form: compact, with the keys of every object in order. The accessors
 * throw {@link WrongType}, which {@link #checked} turns into what callers see.
 */
final class JsonObject {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final JsonNodeFactory NODES = MAPPER.getNodeFactory();

  static final JsonObject EMPTY = new JsonObject(NODES.objectNode());

  /** A value that is not of the type that its key asks for. */
  static final class WrongType extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongType(String key, String expected) {
      super(key + " is not " + expected);
    }
  }

  /** Reads a part of a document. */
  interface Reading<T> {
    T read(JsonObject json);
  }

  private final ObjectNode node;

  private JsonObject(ObjectNode node) {
    this.node = node;
  }

  /**
   * Reads a document.
   *
   * @param what it is, for messages
   * @param reading takes from it all that must be of the right type
   * @throws MalformedDocumentException if it is not a JSON object, or a part has a wrong type
   */
  static <T> T checked(byte[] document, String what, Reading<T> reading)
      throws MalformedDocumentException {
    try {
      if (MAPPER.readTree(document) instanceof ObjectNode object) {
        return reading.read(new JsonObject(object));
      }
    } catch (IOException e) {
      throw new MalformedDocumentException(what + " is not JSON", e);
    } catch (WrongType e) {
      throw new MalformedDocumentException(what + ": " + e.getMessage(), e);
    }
    throw new MalformedDocumentException(what + " is not a JSON object", null);
  }

  /** The frozen form. */
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
      throw new WrongType(key, expected);
    }
    return Optional.of(value);
  }

  /** A string; empty if there is none, or an empty one. */
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
        throw new WrongType(key, "a list of strings");
      }
      result.add(element.textValue());
    }
    return List.copyOf(result);
  }

  List<JsonObject> objects(String key) {
    var result = new ArrayList<JsonObject>();
    for (var element : array(key)) {
      if (!(element instanceof ObjectNode object)) {
        throw new WrongType(key, "a list of objects");
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

  /** The keys of an object that stands for a set. */
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

  /** With a number that is written even if it is 0. */
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

  /** With a list that is written even if it is empty. */
  JsonObject withRequired(String key, List<String> values) {
    var array = NODES.arrayNode();
    values.forEach(array::add);
    return with(key, array, false);
  }

  /** With a list that is written even if it is empty. */
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

  /** Equal in the frozen form. */
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
