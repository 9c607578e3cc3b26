package dev.stagewright.harbor.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** An image or index. */
public final class Artifact {
  private final int id;
  private final String digest;
  private final String mediaType;
  private final byte[] bytes;
  private final Set<Integer> labels = new ConcurrentSkipListSet<>();
  private volatile Optional<Report> scan = Optional.empty();
  private volatile Optional<Report> sbom = Optional.empty();

  Artifact(int id, String digest, String mediaType, byte[] bytes) {
    this.id = id;
    this.digest = digest;
    this.mediaType = mediaType;
    this.bytes = bytes.clone();
  }

  Artifact damaged() {
    return new Artifact(id, digest, mediaType, Repository.damaged(bytes));
  }

  int id() {
    return id;
  }

  /** The digest of the manifest. */
  public String digest() {
    return digest;
  }

  String mediaType() {
    return mediaType;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** The IDs of its labels. */
  public List<Integer> labels() {
    return new ArrayList<>(labels);
  }

  boolean addLabel(int label) {
    return labels.add(label);
  }

  /** The report of the last scan. */
  public Optional<Report> scan() {
    return scan;
  }

  /** The report of the last SBOM generation. */
  public Optional<Report> sbom() {
    return sbom;
  }

  void scan(Report report) {
    scan = Optional.of(report);
  }

  void sbom(Report report) {
    sbom = Optional.of(report);
  }
}
