package dev.stagewright.worker.analysis;

import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.layers.oci.Digest;
import java.util.Optional;

/** The contents of layers that earlier builds have read. Failures do not matter. Thread-safe. */
public interface LayerRecords {
  /** No records. */
  LayerRecords NONE =
      new LayerRecords() {
        @Override
        public Optional<LayerContent> find(Digest diffId) {
          return Optional.empty();
        }

        @Override
        public void put(Digest diffId, LayerContent content) {
          // Nothing is recorded.
        }
      };

  /** The content of a layer; empty if it is not known. */
  Optional<LayerContent> find(Digest diffId) throws InterruptedException;

  /** Records the content of a layer. */
  void put(Digest diffId, LayerContent content);
}
