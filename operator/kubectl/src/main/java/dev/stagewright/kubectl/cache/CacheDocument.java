package dev.stagewright.kubectl.cache;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagewright.cache.prune.CacheSize;
import dev.stagewright.cache.record.RecordInfo;
import dev.stagewright.layers.oci.ImageReference;
import java.util.List;
import java.util.Locale;

/**
 * The records of a cache as JSON.
 *
 * @param repository repository of the cache
 */
public record CacheDocument(ImageReference repository, List<RecordInfo> records) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The document, with a line feed at its end. */
  public String json() {
    var document = JSON.createObjectNode();
    document.put("repository", repository.name());
    var list = document.putArray("records");
    records.forEach(record -> add(list.addObject(), record));
    document.put("size", CacheSize.of(records));
    return document.toPrettyString() + "\n";
  }

  private static void add(ObjectNode node, RecordInfo record) {
    node.put("kind", record.kind().name().toLowerCase(Locale.ROOT));
    node.put("tag", record.tag());
    node.put("digest", record.digest().toString());
    record.instruction().ifPresent(text -> node.put("instruction", text));
    record.build().ifPresent(name -> node.put("build", name));
    node.put("created", record.created().toString());
    node.put("lastUsed", record.lastUsed().toString());
    node.put("size", record.size());
  }
}
