package dev.stagewright.e2e;

/** An operator on the cluster that cares for the ImageBuilds of one label value only. */
public interface Installation extends AutoCloseable {
  /** Value of the label {@code stagewright.dev/operator} on the ImageBuilds that it builds. */
  String operatorName();

  /** Namespace of the operator itself. */
  String namespace();

  /** Takes all of it away again. */
  @Override
  void close();
}
