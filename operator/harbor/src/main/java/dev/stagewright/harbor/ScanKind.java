package dev.stagewright.harbor;

/** The kinds of scans in Harbor. */
public enum ScanKind {
  /** A vulnerability scan. */
  VULNERABILITY("vulnerability"),
  /** The generation of a software bill of materials. */
  SBOM("sbom");

  private final String value;

  ScanKind(String value) {
    this.value = value;
  }

  /** The value in Harbor's API. */
  public String value() {
    return value;
  }
}
