package dev.stagewright.cache.key;

import dev.stagewright.layers.oci.Digest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Computes a digest of values. The length of each value precedes it, and the number of elements
 * precedes a collection, so values that differ are never the same bytes. What a digest is for, and
 * the version of the format, come first.
 */
final class KeyHash {
  /** A change of this text makes all keys of earlier releases unknown. */
  private static final String FORMAT = "stagewright cache 2";

  private final MessageDigest sha = Digest.newMessageDigest();

  private KeyHash() {}

  /** Starts a digest for this use. */
  static KeyHash of(String use) {
    return new KeyHash().add(FORMAT).add(use);
  }

  /** Adds a text; all texts differ, also those that are not valid Unicode. */
  KeyHash add(String text) {
    add((long) text.length());
    var bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
    bytes.asCharBuffer().put(text);
    sha.update(bytes);
    return this;
  }

  KeyHash add(long number) {
    sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
    return this;
  }

  KeyHash add(boolean flag) {
    return add(flag ? 1L : 0L);
  }

  KeyHash add(Digest digest) {
    return add(digest.hex());
  }

  KeyHash add(CacheKey key) {
    return add(key.digest());
  }

  /** Adds texts in their order. */
  KeyHash add(Collection<String> texts) {
    add((long) texts.size());
    texts.forEach(this::add);
    return this;
  }

  KeyHash add(Optional<String> text) {
    return add(text.stream().toList());
  }

  /** Adds a map, whose order does not matter. */
  KeyHash add(Map<String, String> map) {
    add((long) map.size());
    new TreeMap<>(map).forEach((name, value) -> add(name).add(value));
    return this;
  }

  Digest digest() {
    return Digest.of(sha);
  }

  CacheKey key() {
    return new CacheKey(digest());
  }
}
