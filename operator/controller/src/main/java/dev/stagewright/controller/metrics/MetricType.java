package dev.stagewright.controller.metrics;

/** Types of metrics, as Prometheus sees them. */
public enum MetricType {
  /** A number that grows. */
  COUNTER("counter", "", "_total"),
  /** A number of now. */
  GAUGE("gauge", "", ""),
  /** A time span of now. */
  GAUGE_OF_SECONDS("gauge", "seconds", "_seconds"),
  /** Time spans, with buckets. */
  HISTOGRAM("histogram", "seconds", "_seconds"),
  /** Time spans, with count, sum, and the maximum of the last minutes. */
  SUMMARY_OF_SECONDS("summary", "seconds", "_seconds"),
  /** Sizes, with count, sum, and the maximum of the last minutes. */
  SUMMARY_OF_BYTES("summary", "bytes", "_bytes");

  private final String label;
  private final String unit;
  private final String suffix;

  MetricType(String label, String unit, String suffix) {
    this.label = label;
    this.unit = unit;
    this.suffix = suffix;
  }

  /** The name of the type in Prometheus. */
  public String label() {
    return label;
  }

  /** The base unit of the meter; empty for a number. */
  String unit() {
    return unit;
  }

  /** What Prometheus appends to the name. */
  String suffix() {
    return suffix;
  }
}
