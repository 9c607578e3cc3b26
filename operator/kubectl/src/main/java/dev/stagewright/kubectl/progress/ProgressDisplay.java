package dev.stagewright.kubectl.progress;

import dev.stagewright.api.v1alpha1.ImageBuild;
import java.util.OptionalLong;

/** Shows the progress of one build; all methods can be called by several threads. */
public interface ProgressDisplay extends AutoCloseable {

  /** Shows a new state of the build. */
  void show(ImageBuild build);

  /**
   * Shows a line of a log.
   *
   * @param task {@code prepare}, {@code publish}, or the ID or the name of a stage; empty for a
   *     notice about the build
   * @param line a line of the container's log, without its timestamp
   */
  void log(String task, String line);

  /**
   * Shows how much of the build context is sent.
   *
   * @param sent bytes
   * @param total bytes; empty if it is not known
   */
  void upload(long sent, OptionalLong total);

  /** Shows the end of the build, or leaves what is shown if it has not ended. */
  @Override
  void close();
}
