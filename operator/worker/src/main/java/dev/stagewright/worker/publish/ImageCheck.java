package dev.stagewright.worker.publish;

import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.Termination;
import java.util.List;
import java.util.Optional;

/** The checks of the image of a build whose plan is known. Thread-safe. */
interface ImageCheck {
  /** No checks. */
  ImageCheck NONE =
      new ImageCheck() {
        @Override
        public void start(List<LayerSource> layers) {
          // Nothing is read.
        }

        @Override
        public void imageIsNew(List<LayerSource> base) {
          // Nothing is read.
        }

        @Override
        public Optional<Failure> gate(AssembledImage image, Optional<ImageRecord> known) {
          return Optional.empty();
        }

        @Override
        public Termination.Pushed report(AssembledImage image, Termination.Pushed pushed) {
          return pushed;
        }
      };

  /** Starts to read layers of the image, each once. */
  void start(List<LayerSource> layers);

  /**
   * The image has not been published before, so its layers are read without waiting.
   *
   * @param base layers of the base image, which were started
   */
  void imageIsNew(List<LayerSource> base);

  /**
   * Decides whether the tags may move; waits for all findings if the build has a gate for them.
   *
   * @param known record of an image with the same content, if there is one
   * @return why they may not
   * @throws dev.stagewright.protocol.BuildFailedException if a layer cannot be read that a gate
   *     needs
   */
  Optional<Failure> gate(AssembledImage image, Optional<ImageRecord> known)
      throws InterruptedException;

  /**
   * Reports what was found in an image that was pushed; waits only a moment for it.
   *
   * @return the outcome with the findings
   */
  Termination.Pushed report(AssembledImage image, Termination.Pushed pushed)
      throws InterruptedException;
}
