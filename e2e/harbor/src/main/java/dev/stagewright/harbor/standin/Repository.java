package dev.stagewright.harbor.standin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A repository: blobs, artifacts by digest, and tags. */
public final class Repository {
  private final String name;
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, Artifact> artifacts = new ConcurrentHashMap<>();
  private final Map<String, String> tags = new ConcurrentHashMap<>();

  Repository(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** The digest of a tag; empty if the tag does not exist. */
  public Optional<String> digest(String tag) {
    return Optional.ofNullable(tags.get(tag));
  }

  /** The artifact of a digest or tag. */
  public Optional<Artifact> artifact(String reference) {
    var digest = tags.getOrDefault(reference, reference);
    return Optional.ofNullable(artifacts.get(digest));
  }

  /** The names of the tags, in order. */
  public Set<String> tags() {
    return new TreeSet<>(tags.keySet());
  }

  Set<String> tagsOf(String digest) {
    var found = new TreeSet<String>();
    tags.forEach((tag, named) -> {
      if (named.equals(digest)) {
        found.add(tag);
      }
    });
    return found;
  }

  Optional<byte[]> blob(String digest) {
    return Optional.ofNullable(blobs.get(digest));
  }

  void putBlob(String digest, byte[] bytes) {
    blobs.put(digest, bytes);
  }

  Artifact put(Artifact artifact, Optional<String> tag) {
    var stored = artifacts.computeIfAbsent(artifact.digest(), _ -> artifact);
    tag.ifPresent(it -> tags.put(it, artifact.digest()));
    return stored;
  }

  /** Removes an artifact and its tags, as a retention rule does; its blobs stay. */
  public void remove(String reference) {
    var digest = tags.getOrDefault(reference, reference);
    artifacts.remove(digest);
    tags.values().removeIf(digest::equals);
  }

  /** Removes a blob, although artifacts may refer to it. */
  public void removeBlob(String digest) {
    blobs.remove(digest);
  }

  /** Changes the stored bytes of a blob or an artifact, as a defective disk does. */
  public void damage(String reference) {
    blobs.computeIfPresent(reference, (_, bytes) -> damaged(bytes));
    artifacts.computeIfPresent(
        tags.getOrDefault(reference, reference), (_, artifact) -> artifact.damaged());
  }

  static byte[] damaged(byte[] bytes) {
    var changed = bytes.clone();
    changed[changed.length / 2] ^= 1;
    return changed;
  }

  long size() {
    return blobs.values().stream().mapToLong(blob -> blob.length).sum()
        + artifacts.values().stream().mapToLong(artifact -> artifact.bytes().length).sum();
  }
}
