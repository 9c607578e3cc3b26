package dev.stagewright.harbor.standin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A project. It is thread-safe; changes apply from the next request on. */
public final class Project {
  /** No storage limit. */
  public static final long UNLIMITED = -1;

  private final int id;
  private final String name;
  private final Map<String, String> metadata = new ConcurrentHashMap<>(Map.of("public", "false"));
  private final List<TagPattern> immutable = new CopyOnWriteArrayList<>();
  private final Map<String, Repository> repositories = new ConcurrentHashMap<>();
  private volatile long limit = UNLIMITED;
  private volatile boolean proxyCache;

  Project(int id, String name) {
    this.id = id;
    this.name = name;
  }

  /** The ID of the project. */
  public int id() {
    return id;
  }

  /** The name of the project. */
  public String name() {
    return name;
  }

  /** Sets an entry of the metadata, for example {@code auto_scan} to {@code true}. */
  public Project set(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /** Allows anonymous pulls. */
  public Project openToAll() {
    return set("public", "true");
  }

  /** Makes tags that match a pattern immutable, for example {@code rel-*}. */
  public Project immutable(String pattern) {
    immutable.add(new TagPattern(pattern));
    return this;
  }

  /** Sets the storage limit in bytes. */
  public Project limit(long bytes) {
    limit = bytes;
    return this;
  }

  /** Makes the project a proxy cache of another registry. */
  public Project proxyCache() {
    proxyCache = true;
    return this;
  }

  boolean isPublic() {
    return "true".equals(metadata.get("public"));
  }

  boolean isProxyCache() {
    return proxyCache;
  }

  boolean isAutomatic(String what) {
    return "true".equals(metadata.get(what));
  }

  boolean isImmutable(String tag) {
    return immutable.stream().anyMatch(pattern -> pattern.matches(tag));
  }

  List<TagPattern> immutableRules() {
    return List.copyOf(immutable);
  }

  long limit() {
    return limit;
  }

  long used() {
    return repositories.values().stream().mapToLong(Repository::size).sum();
  }

  /** The repository with this path in the project, created on the first call. */
  public Repository repository(String path) {
    return repositories.computeIfAbsent(path, Repository::new);
  }

  Map<String, Object> json() {
    var all = new LinkedHashMap<String, Object>(metadata);
    return Json.object(
        "creation_time",
        "2026-11-21T00:00:00.000Z",
        "metadata",
        all,
        "name",
        name,
        "owner_id",
        1,
        "owner_name",
        "admin",
        "project_id",
        id,
        "repo_count",
        repositories.size(),
        "update_time",
        "2026-11-21T00:00:00.000Z");
  }
}
