package dev.stagewright.e2e;

/** An operator in the cluster that handles only the ImageBuilds with one label value. */
public interface Installation extends AutoCloseable {
  /**
   * The value of the label {@code stagewright.dev/operator} on the ImageBuilds of this operator.
   */
  String operatorName();

  /** The namespace of the operator. */
  String namespace();

  /** Uninstalls the operator. */
  @Override
  void close();
}
