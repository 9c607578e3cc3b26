package dev.stagewright.controller.tracing;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** Exports the traces of runs that have ended. */
public interface RunTracer extends AutoCloseable {

  /** Exports nothing. */
  RunTracer NONE = (_, _, _) -> {};

  /**
   * Records a status that was written. Exports the trace of the run that ends with it.
   *
   * @param build with the status so far
   * @param after the status that was written
   * @param pods of the ImageBuild
   */
  void record(ImageBuild build, ImageBuildStatus after, List<Pod> pods);

  /** Exports what was recorded, if that does not take long. */
  @Override
  default void close() {}
}
