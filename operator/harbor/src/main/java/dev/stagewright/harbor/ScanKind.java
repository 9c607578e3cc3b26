package dev.stagewright.harbor;

/** What Harbor's scanners do. */
public enum ScanKind {
  /** Looks for vulnerabilities. */
  VULNERABILITY("vulnerability"),
  /** Makes a software bill of materials. */
  SBOM("sbom");

  private final String word;

  ScanKind(String word) {
    this.word = word;
  }

  /** Harbor's word for it. */
  public String word() {
    return word;
  }
}
