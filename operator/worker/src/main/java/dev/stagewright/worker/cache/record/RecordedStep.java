package dev.stagewright.worker.cache.record;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.protocol.StepResult;
import java.util.Optional;

/**
 * A step of this run whose layer is on the workspace.
 *
 * @param created when the step ended, in seconds since 1970
 * @param details blob with details that the layer lacks; empty if it has none
 */
record RecordedStep(StepResult result, long created, Optional<Descriptor> details) {}
